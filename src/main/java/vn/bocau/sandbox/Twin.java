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
    NOTIFIER("tin-nhan", "/notifier", "Nơi nhắn tin cho công dân", "Messages to citizens", Manners.ANSWERING);

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
