package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.journal.DossierNames;
import vn.bocau.journal.Inbound;

/**
 * Finds the dossier by the fields in which our kinds of message say its code, or its item's or order's number, at whatever
 * depth, in XML too: what is parked may not have come as far as its translation.
 */
@Component
class NamedDossiers implements DossierNames {

    private static final Pattern XML = Pattern.compile("<(?:[\\w.-]+:)?(dossier|item)>\\s*([^<]{1,100}?)\\s*</");
    private static final int LONGEST = 100;
    private static final Set<String> CODED = Set.of("dossier", "dossiers", "codes");

    private final JdbcClient db;

    NamedDossiers(JdbcClient db) {
        this.db = db;
    }

    @Override
    public Optional<Named> in(Inbound message) {
        Said said = Said.in(message.payload(), message.received());
        if (said.nothing()) {
            return Optional.empty();
        }
        List<Named> named = db.sql("""
                        select d.dossier::text as "group", f.code as subject
                        from (select dossier from dossier_code where code = any(:codes)
                            union select dossier from leg where item = any(:items)
                            union select dossier from leg where order_number = any(:orders)) d
                        join dossier_code f on f.dossier = d.dossier
                            and f.no = (select min(first.no) from dossier_code first where first.dossier = d.dossier)
                        limit 2
                        """)
                .param("codes", said.codes.toArray(String[]::new))
                .param("items", said.items.toArray(String[]::new))
                .param("orders", said.orders.toArray(String[]::new))
                .query(Named.class)
                .list();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }

    @Override
    public Set<String> known(Set<String> words) {
        return db.sql("""
                        select word from unnest(cast(:words as text[])) w (word)
                        where exists (select from dossier_code where upper(code) = upper(word))
                          or exists (select from leg where item = upper(word))
                          or exists (select from former_item where item = upper(word))
                          or exists (select from leg where upper(order_number) = upper(word))
                        """)
                .param("words", words.toArray(String[]::new))
                .query(String.class)
                .set();
    }

    @Override
    public Set<String> ordered(String number) {
        return db.sql("select distinct dossier::text from leg where order_number = :number")
                .param("number", number)
                .query(String.class)
                .set();
    }

    /** What a message says where our kinds of message say codes and numbers. */
    record Said(Set<String> codes, Set<String> items, Set<String> orders) {

        static Said in(JsonNode... words) {
            var said = new Said(new HashSet<>(), new HashSet<>(), new HashSet<>());
            for (JsonNode each : words) {
                said.look("", "", each);
            }
            return said;
        }

        Stream<String> all() {
            return Stream.of(codes, items, orders).flatMap(Set::stream);
        }

        boolean nothing() {
            return codes.isEmpty() && items.isEmpty() && orders.isEmpty();
        }

        /**
         * @param under name of the field it is in
         * @param name of the field itself; of an element of a list that of the list
         */
        private void look(String under, String name, JsonNode value) {
            if (value.isTextual()) {
                say(under, name, value.textValue());
            }
            value.properties().forEach(field -> look(name, field.getKey(), field.getValue()));
            if (value.isArray()) {
                value.forEach(element -> look(under, name, element));
            }
        }

        private void say(String under, String name, String text) {
            if (isName(text)) {
                if (name.equals("item")) {
                    items.add(text.strip().toUpperCase(Locale.ROOT).replace(" ", ""));
                } else if (name.equals("orderNumber")) {
                    orders.add(text.strip());
                } else if (CODED.contains(name) || name.equals("code") && CODED.contains(under)) {
                    codes.add(text.strip());
                }
            }
            if (text.stripLeading().startsWith("<")) {
                XML.matcher(text).results().forEach(found -> say("", found.group(1), found.group(2)));
            }
        }

        /** What the database would refuse to look for is no name either. */
        private static boolean isName(String text) {
            return text.length() <= LONGEST
                    && text.codePoints()
                            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        }
    }
}
