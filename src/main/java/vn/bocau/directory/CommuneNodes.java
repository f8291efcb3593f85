package vn.bocau.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Brings a refresh of the communes to every node: what one has done stands in {@code commune_refresh}, and each of the
 * others writes it into its own folder and reads it again, also one that was away. Whoever was killed between its own
 * files and that table tells it when it is back, unless another has refreshed since: that one is taken over then.
 */
@Component
class CommuneNodes implements OtherNodes {

    private static final Logger LOG = LoggerFactory.getLogger(CommuneNodes.class);

    private final ReferenceFiles files;
    private final Directories directories;
    private final JdbcClient db;
    private @Nullable Long refused;

    CommuneNodes(ReferenceFiles files, Directories directories, JdbcClient db) {
        this.files = files;
        this.directories = directories;
        this.db = db;
    }

    /** As one of them stands in the table. */
    private record Refresh(
            long seq, String communes, @Nullable String successions) {}

    @Scheduled(fixedDelay = 5000)
    void followInTime() {
        try {
            follow();
        } catch (DataAccessException | UncheckedIOException later) {
            LOG.warn(
                    "A refresh of the communes is told and heard of later: {}",
                    later.getClass().getSimpleName());
        }
    }

    @Override
    public synchronized boolean follow() {
        if (!files.hasFolder()) {
            return true;
        }
        try {
            String mark = files.own(MARK).orElse(NONE);
            Optional<Long> told = Optional.empty();
            if (mark.startsWith(UNTOLD)) {
                if (!directories.report().refusals().isEmpty()) {
                    return true;
                }
                told = tell(OtherNodes.upon(mark), mark.split(" ", 3)[2].strip());
                if (told.isEmpty()) {
                    LOG.warn("What was refreshed here was told already, or is dropped: another node had been first");
                }
            }
            takeOver(told.orElse(OtherNodes.upon(mark)));
            return told.isPresent() || !mark.startsWith(UNTOLD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return empty when another refresh came upon the same, or this one was told already */
    private Optional<Long> tell(long upon, String by) throws IOException {
        Optional<Long> told = db.sql("""
                        insert into commune_refresh (upon, by, communes, successions)
                        values (:upon, :by, :communes, :successions)
                        on conflict (upon) do nothing returning seq
                        """)
                .param("upon", upon)
                .param("by", by)
                .param("communes", files.text(CommuneRefresh.COMMUNES))
                .param("successions", files.own(CommuneRefresh.SUCCESSIONS).orElse(null))
                .query(Long.class)
                .optional();
        if (told.isPresent()) {
            files.replace(Map.of(MARK, told.get().toString()));
        }
        return told;
    }

    private void takeOver(long known) throws IOException {
        Optional<Refresh> newer =
                db.sql("""
                        select seq, communes, successions from commune_refresh where seq > :known order by seq desc limit 1
                        """).param("known", known).query(Refresh.class).optional();
        if (newer.isEmpty() || newer.get().seq() == (refused == null ? 0 : refused)) {
            return;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(CommuneRefresh.COMMUNES, newer.get().communes());
        if (newer.get().successions() != null) {
            texts.put(CommuneRefresh.SUCCESSIONS, newer.get().successions());
        }
        texts.put(MARK, Long.toString(newer.get().seq()));
        Runnable undo = files.replace(texts);
        if (directories.reload().inForce()) {
            LOG.info("Communes refreshed as another node did: {}", newer.get().seq());
        } else {
            // Its other files differ: an operator sees which rows will not do, and this one is not tried for ever.
            refused = newer.get().seq();
            LOG.warn("The refresh {} of the communes does not go with the reference files here", refused);
            undo.run();
        }
    }
}
