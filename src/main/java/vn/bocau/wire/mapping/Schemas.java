package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.bocau.code.Refused;
import vn.bocau.code.Telephone;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/**
 * JSON Schema (draft 2020-12), each file compiled once. Formats such as {@code date} are checked, not just noted, and so is
 * one of ours, {@code telephone}.
 */
final class Schemas {

    private static final Dialect DRAFT_WITH_RIGHT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("right"))
            .keyword(new NonValidationKeyword("x-clear"))
            .format(new TelephoneFormat())
            .build();

    private static final class TelephoneFormat implements Format {

        @Override
        public String getName() {
            return "telephone";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return Telephone.isNumber(value);
        }
    }

    record Compiled(Schema schema, JsonNode document) {}

    private static final Text NO_SCHEMA = new Text("không phải JSON Schema hợp lệ", "it is not a valid JSON Schema");

    private final MappingFiles files;
    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            DRAFT_WITH_RIGHT,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

    Schemas(MappingFiles files) {
        this.files = files;
    }

    /** Everything wrong with it; empty when nothing is. */
    List<Refused.Flaw> flaws(String name, JsonNode json) {
        Compiled its = compiled(name);
        return its.schema().validate(json.toString(), InputFormat.JSON).stream()
                .map(error -> SchemaFlaw.of(error, its.document()))
                .distinct()
                .toList();
    }

    Compiled compiled(String name) {
        return compiled.computeIfAbsent(name, this::compile);
    }

    private Compiled compile(String name) {
        String text = files.read(name);
        try {
            JsonNode document = Json.parse(text);
            var flaws = registry.getSchema(SchemaLocation.of(DRAFT_WITH_RIGHT.getId()))
                    .validate(text, InputFormat.JSON);
            if (!flaws.isEmpty()) {
                throw new WrongMapping(
                        name, NO_SCHEMA, 0, String.valueOf(flaws.get(0).getInstanceLocation()));
            }
            Schema schema = registry.getSchema(text, InputFormat.JSON);
            schema.initializeValidators();
            return new Compiled(schema, document);
        } catch (Refused notJson) {
            throw new WrongMapping(
                    name,
                    new Text("không phải JSON hợp lệ", "it is not valid JSON"),
                    0,
                    notJson.flaws().get(0).wrong());
        } catch (SchemaException e) {
            throw new WrongMapping(name, NO_SCHEMA, 0, String.valueOf(e.getMessage()));
        }
    }
}
