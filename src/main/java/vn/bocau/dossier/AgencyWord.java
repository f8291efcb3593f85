package vn.bocau.dossier;

import java.util.Arrays;
import java.util.Optional;
import vn.bocau.code.Text;

/** What an agency says of a dossier as a whole, in our own words: what it wrote itself is for whoever it wrote to. */
enum AgencyWord {
    RECEIVED("Cơ quan đã tiếp nhận hồ sơ", "The agency has received the dossier"),
    REFUSED("Cơ quan không tiếp nhận hồ sơ", "The agency has refused the dossier"),
    SUPPLEMENT_ASKED("Cơ quan yêu cầu bổ sung giấy tờ", "The agency asks for more papers"),
    TRANSFERRED("Hồ sơ được chuyển đến cơ quan khác", "The dossier goes on to another agency");

    private final Text text;

    AgencyWord(String vi, String en) {
        text = new Text(vi, en);
    }

    Text text() {
        return text;
    }

    /** @param code of an event of the whole; empty when that is no word of the agency's */
    static Optional<AgencyWord> of(String code) {
        return Arrays.stream(values()).filter(word -> word.name().equals(code)).findFirst();
    }
}
