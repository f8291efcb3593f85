package vn.bocau.code;

import java.util.regex.Pattern;

/**
 * What a sender calls its message, such as its {@code Idempotency-Key}. It may be made of a citizen's number or address, as may be
 * what people type.
 */
public final class SenderKey {

    private static final String MASK = "•••";

    /**
     * A UUID stays, and what looks like an item's number; else any nine digits on end, as in what is written otherwise, since a
     * telephone or identity number may be glued to a date; such a number in groups, or in the two or three that people speak it in; an address of e-mail.
     */
    private static final Pattern NUMBER_OR_ADDRESS =
            Pattern.compile("((?<![0-9a-fA-F])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F])"
                    + "|(?<![0-9A-Za-z])(?:[A-Z]{2}[0-9]{9}[A-Z]{2}|[a-z]{2}[0-9]{9}[a-z]{2})(?![0-9A-Za-z]))"
                    + "|[0-9]{9,}"
                    + "|(?<![0-9])(?:0|84[._-]?)[0-9]{2,3}([._-])[0-9]{3}\\2[0-9]{3,4}(?![0-9])"
                    + "|(?<![0-9.-])(?:0|84 ?)[0-9]{2,3} (?:[0-9]{3} [0-9]{3,4}|[0-9]{6,7})(?![0-9])"
                    + "|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:[.][A-Za-z0-9-]+)+");

    private SenderKey() {}

    /** As it is shown: what may be somebody's number or address is masked. Who has the whole key finds the message by it. */
    public static String shown(String key) {
        return NUMBER_OR_ADDRESS.matcher(key).replaceAll(part -> part.group(1) == null ? MASK : part.group());
    }
}
