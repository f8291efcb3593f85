package vn.bocau;

/** Starts what the command line asks for. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(0);
    }
}
