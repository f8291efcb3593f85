package vn.bocau.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** The partners of the sandbox and where each is reached. */
enum Twin {
    DVCQG("dvcqg", "/portal/dvcqg", "Cổng Dịch vụ công quốc gia", "National public-service portal"),
    OPENCPS("opencps", "/portal/opencps", "Cổng OpenCPS", "OpenCPS portal"),
    WEBHOOK("webhook-portal", "/portal/webhook", "Cổng nhận webhook", "Webhook portal"),
    SO_TU_PHAP("so-tu-phap", "/agency/soap", "Trung tâm PVHCC tỉnh (SOAP)", "Provincial centre (SOAP)"),
    DONG_HA("ubnd-dong-ha", "/agency/rest", "UBND phường Đông Hà (REST)", "Đông Hà ward (REST)"),
    ONE_STOP("qti-tthcc", "/one-stop/qti-tthcc", "Một cửa Quảng Trị (N-GSP)", "One-stop of Quảng Trị (N-GSP)"),
    CARRIER("carrier-x", "/carrier/ngsp", "Bưu chính ngoài (N-GSP)", "Outside carrier (N-GSP)");

    final String id;
    final String path;
    final String vi;
    final String en;

    Twin(String id, String path, String vi, String en) {
        this.id = id;
        this.path = path;
        this.vi = vi;
        this.en = en;
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
