package vn.bocau.code;

import java.util.regex.Pattern;

/** What somebody gave, as it may be said back. */
public final class Given {

    private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&;,)]*");
    private static final Pattern LOGIN = Pattern.compile("//[^/@]*@");

    private Given() {}

    /** An address, without the passwords that may stand in it. */
    public static String address(String url) {
        return LOGIN.matcher(PASSWORD.matcher(url).replaceAll("$1…")).replaceAll("//…@");
    }
}
