package vn.bocau.fee;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * How long money may lie before somebody is asked, in working days of the post.
 *
 * @param remit until the post has given a fee to the agency
 * @param acknowledge until the agency has counted what it was given
 * @param book until what was paid online stands in the agency's own statement
 */
@ConfigurationProperties("bocau.fees")
record FeeSettings(
        @DefaultValue("2") int remit,
        @DefaultValue("2") int acknowledge,
        @DefaultValue("5") int book) {

    private static final int MOST_WORKING_DAYS = 365;

    FeeSettings {
        Bounds.check("BOCAU_FEES_REMIT", remit, 1, MOST_WORKING_DAYS);
        Bounds.check("BOCAU_FEES_ACKNOWLEDGE", acknowledge, 1, MOST_WORKING_DAYS);
        Bounds.check("BOCAU_FEES_BOOK", book, 1, MOST_WORKING_DAYS);
    }
}
