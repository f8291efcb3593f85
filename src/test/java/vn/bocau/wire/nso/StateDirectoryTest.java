package vn.bocau.wire.nso;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.cxf.BusFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.StandardEnvironment;
import vn.bocau.directory.StateUnit;

/** What the state's directory of administrative units is asked, to the letter. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StateDirectoryTest {

    private static final String ANSWER =
            "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                    + "<DanhMucPhuongXaResponse xmlns=\"http://tempuri.org/\"><DanhMucPhuongXaResult>"
                    + "<diffgr:diffgram xmlns:diffgr=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">"
                    + "<TABLE><MaTinh>44</MaTinh><MaPhuongXa>19333</MaPhuongXa><TenPhuongXa>Phường Đông Hà</TenPhuongXa>"
                    + "<LoaiHinh>Phường</LoaiHinh></TABLE></NewDataSet></diffgr:diffgram></DanhMucPhuongXaResult>"
                    + "</DanhMucPhuongXaResponse></soap:Body></soap:Envelope>";

    private record Asked(String action, String type, String envelope) {}

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            asked.add(new Asked(
                    headers.getFirst("SOAPAction"),
                    headers.getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void communes_are_asked_for_by_a_day_as_the_service_of_net_takes_it() {
        var directory = new StateDirectory(
                BusFactory.newInstance().createBus(),
                new NsoSettings(
                        "http://localhost:" + server.getAddress().getPort() + "/DMDVHC.asmx", Duration.ofSeconds(20)),
                new StandardEnvironment());

        List<StateUnit> communes = directory.communes(LocalDate.of(2025, 8, 1));

        assertThat(communes).containsExactly(new StateUnit("19333", "Phường Đông Hà", "Phường", "44"));
        Asked once = asked.remove();
        assertThat(asked).isEmpty();
        assertThat(once.action()).isEqualTo("\"http://tempuri.org/DanhMucPhuongXa\"");
        assertThat(once.type()).startsWith("text/xml");
        assertThat(once.envelope())
                .isEqualTo("<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>"
                        + "<DanhMucPhuongXa xmlns=\"http://tempuri.org/\"><DenNgay>01/08/2025</DenNgay></DanhMucPhuongXa>"
                        + "</soap:Body></soap:Envelope>");
    }
}
