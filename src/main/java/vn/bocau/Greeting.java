package vn.bocau;

import java.io.PrintStream;

/** What a newcomer reads when everything is up: where to go, who to be, what to try. */
final class Greeting {

    private static final int HTTP = 8080;
    private static final int SANDBOX = 8090;

    private static final String ELSEWHERE = "   (không chạy ở đây · not running here: ./bocau sandbox)";

    /** Where an account of the table goes before the sandbox's login. */
    private static final String OWN = "mật khẩu riêng của tài khoản này · this account's own password";

    private Greeting() {}

    static void print(PrintStream out, Main.Running running) {
        Main.Addresses at = running.addresses();
        out.printf(
                """

                Bồ Câu đã sẵn sàng · ready
                  HTTP     %s
                  HTTPS    %s   (%s)
                  Portal   %s/api/portal/v1/openapi.yaml
                  SOAP     %s/ws/agency?wsdl
                  N-GSP    %s/ngsp
                  Đăng nhập · sign in  %s/   (trang của mỗi vai · each role's page)
                  Công dân · citizens  %s/track
                  Bưu tá · postal workers  %s/scan/   (máy quét · the scan app; %s/api/scan/v1/openapi.yaml)
                  Trực ban · operators  %s/   (giao diện · interface: %s/api/ops/v1/openapi.yaml)
                  Data     %s
                """,
                at.hub(),
                at.hubOverTls(),
                at.ownCertificate()
                        ? "chứng thư của bạn · your certificate"
                        : "chứng thư tự tạo · self-made certificate",
                at.hub(),
                at.hub(),
                at.hubOverTls(),
                at.hub(),
                at.hub(),
                at.hub(),
                at.hub(),
                at.hub(),
                at.hub(),
                at.data().toAbsolutePath().normalize());
        if (running.withSandbox()) {
            out.printf(
                    """

                    Đối tác thử nghiệm · sandbox partners%s
                      %s   (nộp một hồ sơ và theo dõi · file a dossier and watch it)

                      vai · role                              tên · name           mật khẩu · password
                      bưu tá · postal worker                  buu-ta               buu-ta-sandbox
                      bưu tá · postal worker (Lệ Thủy)        buu-ta-le-thuy       buu-ta-le-thuy-sandbox
                      bưu tá · postal worker (Đakrông)        buu-ta-dakrong       buu-ta-dakrong-sandbox
                      tổ trưởng bưu cục · postal supervisor   to-truong            to-truong-sandbox
                      kiểm soát viên · postal supervisor      kiem-soat            kiem-soat-sandbox
                      cán bộ một cửa · agency clerk           can-bo               can-bo-sandbox
                      trực vận hành · operator                truc-ca              truc-ca-sandbox
                      quản trị · administrator                quan-tri             %s

                      đối tác · partner                       tên · name           bí mật · secret
                      cổng · portal                           portal-dvcqg         sandbox-portal-secret
                      cổng · portal (OpenCPS)                 portal-opencps       sandbox-opencps-secret
                      cổng · portal (webhook)                 portal-webhook       whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==
                      cơ quan · agency (SOAP)                 trung-tam-hcc        sandbox-soap-secret
                      cơ quan · agency (REST)                 ubnd-dong-ha         sandbox-rest-secret   (nhận tin · is told by us)
                      một cửa · one-stop (N-GSP)              sandbox-key          sandbox-secret   (QTI-TTHCC)
                      bưu chính ngoài · carrier               bocau                sandbox-carrier-secret   (ta gọi · called by us)

                    Thử tiếp · try next:  %s./bocau demo
                    """,
                    running.partnersHere() ? "" : ELSEWHERE,
                    at.sandbox(),
                    running.ownQuanTri() ? OWN : "quan-tri-sandbox",
                    ports(at));
        } else {
            people(out, at, running.administered());
        }
        out.println("\nDừng · stop: Ctrl-C");
    }

    /** What the next command needs to be told to find this one; nothing when it looks here anyway. */
    private static String ports(Main.Addresses at) {
        String http =
                at.hub().getPort() == HTTP ? "" : "BOCAU_HTTP_PORT=" + at.hub().getPort() + " ";
        return at.sandbox().getPort() == SANDBOX
                ? http
                : http + "BOCAU_SANDBOX_PORT=" + at.sandbox().getPort() + " ";
    }

    /** Without the sandbox somebody has to be let in first. */
    private static void people(PrintStream out, Main.Addresses at, boolean administered) {
        if (administered) {
            out.printf("""

                    Thêm và quản lý người dùng (quản trị) · administrators add and manage people at
                      %s/api/ops/v1/people   (README: People)
                    """, at.hub());
        } else {
            out.print("""

                    Chưa có tài khoản quản trị nào, nên chưa ai đăng nhập được · there is no administrator, so nobody can sign in
                      Dừng lại, đặt BOCAU_ADMINISTRATOR_PASSWORD (từ 12 ký tự) rồi khởi động lại.
                      Stop, set BOCAU_ADMINISTRATOR_PASSWORD (12 characters or more), and start again.
                    """);
        }
    }

    static void sandbox(PrintStream out, Main.Addresses at) {
        out.printf("""

                Đối tác thử nghiệm đã sẵn sàng · the sandbox partners are ready
                  %s   (nộp một hồ sơ và theo dõi · file a dossier and watch it)
                  họ gọi Bồ Câu ở · they call on the hub at  %s

                Dừng · stop: Ctrl-C
                """, at.sandbox(), at.hub());
    }
}
