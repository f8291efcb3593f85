package bench;

import bench.bare.Bare;
import bench.modulith.Modulith;
import bench.plain.Plain;
import java.util.List;
import org.springframework.boot.SpringApplication;

/** One jar: the measuring, and each peer in a process of its own. */
public final class Main {

    private Main() {}

    /** The callers' threads would keep the process. */
    private static void measured(List<String> typed) {
        try {
            System.exit(Bench.run(typed));
        } catch (CannotMeasure e) {
            System.err.println("Không đo được · cannot measure: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "" : args[0]) {
            case "plain" -> SpringApplication.run(Plain.class);
            case "modulith" -> SpringApplication.run(Modulith.class);
            case "bare" -> SpringApplication.run(Bare.class);
            default -> measured(List.of(args));
        }
    }
}
