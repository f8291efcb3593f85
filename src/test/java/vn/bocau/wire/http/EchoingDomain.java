package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.annotation.Bean;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Dossiers;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * Stands in for the domain where only the door is looked at: accepts what reaches it, once, and says what it was. Not
 * annotated, so that no other hub finds it.
 */
public class EchoingDomain {

    public static final List<Inbound> CAME = new CopyOnWriteArrayList<>();

    public static class Acceptance {

        private final Journal journal;

        Acceptance(Journal journal) {
            this.journal = journal;
        }

        public Receipt accept(Inbound in) {
            CAME.add(in);
            return journal.once(in, () -> JsonNodeFactory.instance.objectNode().put("kind", in.kind()));
        }

        public Receipt changeAddress(Inbound in) {
            return accept(in);
        }

        public Receipt cancel(Inbound in) {
            return accept(in);
        }

        public Receipt pay(Inbound in) {
            return accept(in);
        }
    }

    public static class Ordering extends Acceptance {

        Ordering(Journal journal) {
            super(journal);
        }

        public Receipt place(Inbound in) {
            return accept(in);
        }
    }

    public static class Facts {

        public JsonNode facts(String code, String partner) {
            if (code.startsWith("unknown")) {
                throw new Refused(Refused.Ground.UNKNOWN, "unknown-dossier", "code", "Không có.", "There is none.");
            }
            return JsonNodeFactory.instance.objectNode().put("code", code).put("partner", partner);
        }
    }

    @Bean("requests")
    Acceptance requests(Journal journal) {
        return new Acceptance(journal);
    }

    @Bean("ordering")
    Ordering ordering(Journal journal) {
        return new Ordering(journal);
    }

    /** For the faces, which ask it directly. */
    @Bean
    Dossiers realDossiers(AutowireCapableBeanFactory beans) {
        return beans.createBean(Dossiers.class);
    }

    @Bean("dossiers")
    Facts dossiers() {
        return new Facts();
    }
}
