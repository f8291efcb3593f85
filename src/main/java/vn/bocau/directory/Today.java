package vn.bocau.directory;

import java.time.ZoneId;

/** The day it is in Vietnam, whatever zone the machine is in. */
final class Today {

    static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private Today() {}
}
