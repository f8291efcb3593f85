package vn.bocau.track;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Properties {@code bocau.track.*}.
 *
 * @param base where citizens reach {@code /track}, as it stands in messages to them: one message holds 160 letters
 */
@ConfigurationProperties("bocau.track")
record TrackSettings(
        @DefaultValue("https://localhost:8443/track") URI base) {

    static final int LONGEST = 40;

    TrackSettings {
        boolean address = base.isAbsolute() && base.getHost() != null;
        if (!address
                || base.getQuery() != null
                || base.getFragment() != null
                || base.toString().endsWith("/")
                || base.toString().length() > LONGEST) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_TRACK_BASE là “" + base
                                    + "”, phải là một địa chỉ như https://buucuc.example/track, dài tối" + " đa "
                                    + LONGEST + " ký tự, không có / ở cuối.",
                            "BOCAU_TRACK_BASE is \"" + base
                                    + "\", must be an address such as https://post.example/track, of" + " at most "
                                    + LONGEST + " characters, without / at its end."),
                    new Text(
                            "sửa BOCAU_TRACK_BASE, hoặc bỏ biến này đi.",
                            "correct BOCAU_TRACK_BASE, or leave it out."));
        }
    }
}
