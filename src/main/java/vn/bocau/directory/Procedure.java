package vn.bocau.directory;

import java.util.List;

/**
 * An administrative procedure (thủ tục hành chính).
 *
 * @param code such as {@code 1.001193}
 * @param level 1 information, 2 forms, 3 file online (một phần), 4 pay online (toàn trình)
 * @param papers what must be handed in
 * @param pickupByPost whether the post may fetch the papers at all
 * @param resultByPost whether the result may travel by post
 * @param identityCheck whether the receiver of the result must show an identity paper
 * @param originalsBack originals the citizen hands back when the result is delivered
 */
public record Procedure(
        String code,
        String name,
        String field,
        int level,
        List<Paper> papers,
        boolean pickupByPost,
        boolean resultByPost,
        boolean identityCheck,
        int originalsBack) {

    /**
     * One paper of a procedure.
     *
     * @param original whether the original itself is asked for, not a copy
     */
    public record Paper(String name, boolean original, int count) {}

    /** Whether any original is asked for: from level 3 up only originals may be fetched. */
    public boolean asksForOriginals() {
        return papers.stream().anyMatch(Paper::original);
    }
}
