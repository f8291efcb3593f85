package vn.bocau.directory;

import java.util.List;
import vn.bocau.code.Text;

/**
 * Asked about each partner before its row comes into force: whoever would speak with it tells whether that could work,
 * so that a mistake shows when it is made and not with the first message.
 */
public interface PartnerCheck {

    /**
     * @param next the picture the row would stand in, with its {@link Companion}s
     * @return what is wrong with it; nobody's secret
     */
    List<Text> wrong(Partner partner, Directory next);
}
