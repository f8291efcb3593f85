package vn.bocau.wire.http.ngsp;

import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.POST;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.TooLarge;

/**
 * VNPost's adapter as its clients know it. They insist on its HTTP statuses and hear nothing else: 201 for an order, a
 * cancellation and a document, refused or not; 200 for a token and for the feed, refused or not. Only who is not let in
 * gets 401, and an outage 503.
 */
@RestController
@RequestMapping("/ngsp")
class NgspDoor {

    private static final String API = "/apiVNPostNGSP/p1.0";

    /** Spring's own client reads text as Latin 1 when the charset is not said. */
    private static final MediaType JSON = MediaType.parseMediaType("application/json;charset=UTF-8");

    private interface Work {
        byte[] done() throws IOException;
    }

    private final Orders orders;
    private final Feeds feeds;
    private final TokenDesk tokens;

    NgspDoor(Orders orders, Feeds feeds, TokenDesk tokens) {
        this.orders = orders;
        this.feeds = feeds;
        this.tokens = tokens;
    }

    @PostMapping("/token")
    ResponseEntity<byte[]> token(Principal oneStop) throws IOException {
        return answer(HttpStatus.OK, () -> tokens.issue(oneStop.getName()));
    }

    @PostMapping(API + "/order/post")
    ResponseEntity<byte[]> order(Principal oneStop, HttpServletRequest request) throws IOException {
        return answer(
                HttpStatus.CREATED,
                () -> orders.order(oneStop.getName(), read(request)).json());
    }

    /** No public client has this address in its code; it is configured, so each likely one is answered. */
    @PostMapping({API + "/document", API + "/document/post", API + "/order/document"})
    ResponseEntity<byte[]> document(Principal oneStop, HttpServletRequest request) throws IOException {
        return answer(
                HttpStatus.CREATED,
                () -> orders.document(oneStop.getName(), read(request)).json());
    }

    @RequestMapping(
            path = API + "/order/cancel",
            method = {GET, POST})
    ResponseEntity<byte[]> cancel(Principal oneStop, HttpServletRequest request) throws IOException {
        return answer(
                HttpStatus.CREATED,
                () -> orders.cancel(oneStop.getName(), Query.json(request)).json());
    }

    @RequestMapping(
            path = API + "/order/tracking",
            method = {GET, POST})
    ResponseEntity<byte[]> tracking(Principal oneStop, HttpServletRequest request) throws IOException {
        return answer(HttpStatus.OK, () -> feeds.page(oneStop.getName(), Query.json(request)));
    }

    @RequestMapping(
            path = {API + "/getPostage", API + "/order/getPostage", API + "/price", API + "/pricehcc"},
            method = {GET, POST})
    ResponseEntity<byte[]> price() throws IOException {
        return answer(HttpStatus.OK, () -> new Reply(Status.NOT_OFFERED, Orders.NO_PRICE).json());
    }

    /** The one address of an LGSP. */
    @RequestMapping(
            path = "/lgsp",
            method = {GET, POST})
    ResponseEntity<byte[]> lgsp(Principal oneStop, HttpServletRequest request) throws IOException {
        var service = Service.asked(request);
        if (service.isEmpty()) {
            return answer(HttpStatus.CREATED, () -> new Reply(Status.NOT_OFFERED, Orders.NO_SERVICE).json());
        }
        return switch (service.get()) {
            case TOKEN -> token(oneStop);
            case ORDERPOST -> order(oneStop, request);
            case DOCUMENT -> document(oneStop, request);
            case ORDERCANCEL -> cancel(oneStop, request);
            case ORDERTRACKING -> tracking(oneStop, request);
            case GETPOSTAGEVAS, GETINFOMATIONPOST, PRICEHCC, GETPRICE -> price();
        };
    }

    private static byte[] read(HttpServletRequest request) throws IOException {
        return request.getInputStream().readAllBytes();
    }

    /** What goes wrong becomes a reply here, sorted by remedy; our bugs are left to who writes them down. */
    private ResponseEntity<byte[]> answer(HttpStatus status, Work work) throws IOException {
        try {
            return said(ResponseEntity.status(status), work.done());
        } catch (Refused refused) {
            AtTheDoor.refused(refused.code());
            return said(ResponseEntity.status(status), Reply.refused(refused).json());
        } catch (TooLarge large) {
            Refused refused = large(large);
            AtTheDoor.refused(refused.code());
            return said(ResponseEntity.status(status), Reply.refused(refused).json());
        } catch (RuntimeException failure) {
            if (Outage.in(failure).isEmpty()) {
                throw failure;
            }
            return said(
                    ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "5"),
                    new Reply(Status.UNAVAILABLE).json());
        }
    }

    private static Refused large(TooLarge large) {
        return new Refused(
                Refused.Ground.MALFORMED,
                "too-large",
                "",
                "Nội dung lớn hơn " + large.limit() + " byte.",
                "The content is larger than " + large.limit() + " bytes.");
    }

    private static ResponseEntity<byte[]> said(ResponseEntity.BodyBuilder answer, byte[] json) {
        return answer.contentType(JSON).body(json);
    }
}
