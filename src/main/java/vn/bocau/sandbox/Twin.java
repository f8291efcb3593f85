package vn.bocau.sandbox;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The partners of the sandbox, where each is reached, and how each can misbehave. */
enum Twin {
    DVCQG(
            "dvcqg",
            "/portal/dvcqg",
            "Cổng Dịch vụ công quốc gia",
            "National public-service portal",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    OPENCPS(
            "opencps",
            "/portal/opencps",
            "Cổng OpenCPS",
            "OpenCPS portal",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    WEBHOOK(
            "webhook-portal",
            "/portal/webhook",
            "Cổng nhận webhook",
            "Webhook portal",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    CENTRE(
            "trung-tam-hcc",
            "/agency/soap",
            "Trung tâm PVHCC tỉnh (SOAP)",
            "Provincial centre (SOAP)",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    DONG_HA("ubnd-dong-ha", "/agency/rest", "UBND phường Đông Hà (REST)", "Đông Hà ward (REST)", Manners.ANSWERING),
    ONE_STOP(
            "qti-tthcc",
            "/one-stop/qti-tthcc",
            "Một cửa Quảng Trị (N-GSP)",
            "One-stop of Quảng Trị (N-GSP)",
            Manners.CALLING),
    CARRIER(
            "carrier-x",
            "/carrier/ngsp",
            "Bưu chính ngoài (N-GSP)",
            "Outside carrier (N-GSP)",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    EMC("emc", "/emc", "EMC, theo dõi một cửa điện tử", "EMC, which follows the one-stops", Manners.ANSWERING),
    LGSP("lgsp", "/lgsp", "Trục LGSP, đồng bộ hồ sơ", "LGSP, told of documents", Manners.ANSWERING),
    OWN("own", "/own", "Đối tác của bạn", "A partner of your own", Manners.ANSWERING),
    EMS("ems", "/carrier/ems", "EMS", "EMS", Manners.ANSWERING, Manners.Mode.DUPLICATE, Manners.Mode.OUT_OF_ORDER),
    VIETTEL(
            "viettel-post",
            "/carrier/viettel-post",
            "Viettel Post",
            "Viettel Post",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    MYVNPOST(
            "myvnpost",
            "/carrier/myvnpost",
            "MyVNPOST",
            "MyVNPOST",
            Manners.ANSWERING,
            Manners.Mode.DUPLICATE,
            Manners.Mode.OUT_OF_ORDER),
    NSO("nso", "/nso", "Danh mục đơn vị hành chính (SOAP)", "State directory of units (SOAP)", Manners.ANSWERING),
    NOTIFIER("tin-nhan", "/notifier", "Nơi nhắn tin cho công dân", "Messages to citizens", Manners.ANSWERING),
    ALERTS("bao-dong", "/alerts", "Nơi nhận báo động cho người vận hành", "Alerts to operators", Manners.ANSWERING);

    final String id;
    final String path;
    final String vi;
    final String en;

    /** The manners it can have; the others would change nothing with it. */
    final Set<Manners.Mode> modes;

    Twin(String id, String path, String vi, String en, Set<Manners.Mode> modes, Manners.Mode... more) {
        this.id = id;
        this.path = path;
        this.vi = vi;
        this.en = en;
        this.modes = EnumSet.of(Manners.Mode.NONE, more);
        this.modes.addAll(modes);
    }

    static Optional<Twin> reachedAt(String uri) {
        return Arrays.stream(values())
                .filter(t -> uri.equals(t.path) || uri.startsWith(t.path + "/"))
                .findFirst();
    }

    static Optional<Twin> named(String id) {
        return Arrays.stream(values()).filter(t -> t.id.equals(id)).findFirst();
    }
}
