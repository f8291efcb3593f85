package vn.bocau.wire.out;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.UnderWay;

/**
 * HTTP as a careful client speaks it: every wait has an end, an answer has a size, and nobody is sent on to another
 * address. An outage and "not now" are {@link Unavailable}; what is left is the partner's word.
 */
@Component
final class Web {

    /** A full page of a feed is a fifth of this. */
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final Map<Integer, HttpClient> clients = new ConcurrentHashMap<>();
    private final UnderWay underWay;

    Web(UnderWay underWay) {
        this.underWay = underWay;
    }

    /** What is to be sent; without a body when null. */
    record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            @Nullable String body) {}

    /** A partner's word; any status but those that mean "not now". */
    record Answer(int status, String body) {

        boolean success() {
            return status >= 200 && status < 300;
        }
    }

    Answer send(Peer peer, Request request) {
        var builder = HttpRequest.newBuilder(request.uri())
                .method(
                        request.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach(builder::header);
        underWay.here().ifPresent(trace -> builder.header(UnderWay.HEADER, trace));
        CompletableFuture<HttpResponse<byte[]>> answer =
                client(peer).sendAsync(builder.build(), LimitedBody.of(LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> whole = answer.get(peer.readTimeout(), TimeUnit.MILLISECONDS);
            return judged(peer, new Answer(whole.statusCode(), new String(whole.body(), StandardCharsets.UTF_8)));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Unavailable(
                    "partner-silent",
                    peer.id() + " không trả lời trong " + peer.readTimeout() + " ms",
                    peer.id() + " did not answer within " + peer.readTimeout() + " ms");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unavailable(
                    "not-running",
                    "bị ngắt khi đang chờ " + peer.id() + " trả lời",
                    "interrupted while " + peer.id() + " was to answer");
        } catch (ExecutionException e) {
            throw failed(peer, e.getCause() == null ? e : e.getCause());
        }
    }

    /** What a status says that is no word about the message. */
    static String code(int status) {
        return switch (status) {
            case TOO_MANY, TOO_EARLY, REQUEST_TIMEOUT -> "partner-busy";
            case 401, 403 -> "login-refused";
            case 404, 405, 410 -> "nobody-listens";
            default ->
                status >= 500
                        ? "partner-error"
                        : status >= 300 && status < 400 ? "partner-moved" : "answer-not-in-contract";
        };
    }

    /** How the way there failed. */
    static String broken(Throwable failure) {
        String code = "partner-broke-off";
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
                return "host-unknown";
            }
            if (e instanceof SSLException) {
                return "partner-tls";
            }
            if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
                code = "partner-unreachable";
            }
        }
        return code;
    }

    private static Answer judged(Peer peer, Answer answer) {
        int status = answer.status();
        if (status >= 500 || status == TOO_MANY || status == TOO_EARLY || status == REQUEST_TIMEOUT) {
            throw new Unavailable(code(status), peer.id() + " trả lời " + status, peer.id() + " answered " + status);
        }
        if (status >= 300 && status < 400) {
            throw new Unavailable(
                    code(status),
                    peer.id() + " trả lời " + status + ": đã chuyển địa chỉ; hãy sửa base_url",
                    peer.id() + " answered " + status + ": it has moved; mend its base_url");
        }
        return answer;
    }

    /** Without the message of the failure where it may quote the partner. */
    private static RuntimeException failed(Peer peer, Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return new Unavailable(
                    "partner-unreachable",
                    peer.id() + " không nhận kết nối trong " + peer.connectTimeout() + " ms",
                    peer.id() + " does not take the connection within " + peer.connectTimeout() + " ms");
        }
        if (failure instanceof LimitedBody.TooLarge) {
            return new Unavailable(
                    "answer-too-large",
                    peer.id() + " trả lời hơn " + LARGEST_ANSWER + " byte",
                    peer.id() + " answered more than " + LARGEST_ANSWER + " bytes");
        }
        if (failure instanceof IOException) {
            String kind = " (" + failure.getClass().getSimpleName() + ")";
            return new Unavailable(
                    broken(failure),
                    peer.id() + " không kết nối được hoặc ngắt giữa chừng" + kind,
                    peer.id() + " cannot be reached or broke off" + kind,
                    failure);
        }
        return new IllegalStateException(failure);
    }

    private HttpClient client(Peer peer) {
        return clients.computeIfAbsent(
                peer.connectTimeout(),
                timeout -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofMillis(timeout))
                        .build());
    }
}
