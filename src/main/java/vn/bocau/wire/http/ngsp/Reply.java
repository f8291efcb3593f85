package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import vn.bocau.code.Refused;

/** What VNPost's adapter answers with, {@code MResult}: a number and a sentence. */
record Reply(Status status, String message) {

    private static final int MOST_FLAWS = 5;

    Reply(Status status) {
        this(status, status.message);
    }

    static Reply refused(Refused refused) {
        Status status = Status.of(refused);
        List<Refused.Flaw> flaws = refused.flaws();
        String told = flaws.stream()
                .limit(MOST_FLAWS)
                .map(flaw -> told(flaw.field(), flaw.wrong().vi()))
                .collect(Collectors.joining(" "));
        String more = flaws.size() > MOST_FLAWS ? " Còn " + (flaws.size() - MOST_FLAWS) + " lỗi khác." : "";
        return new Reply(status, status.message + ". " + notTakenForSuccess(told + more));
    }

    private static String told(String field, String wrong) {
        return field.isEmpty() ? wrong : field + ": " + wrong;
    }

    /** Clients take these words for a yes, wherever they stand ("đã phát thành công nên không huỷ được"). */
    private static String notTakenForSuccess(String text) {
        return text.replaceAll("(?iu)thành công", "xong").replaceAll("(?iu)đã tồn tại", "đã có");
    }

    byte[] json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Status", status.code)
                .put("Message", message)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
