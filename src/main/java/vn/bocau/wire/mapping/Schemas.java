package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/** JSON Schema (draft 2020-12), each file compiled once. Formats such as {@code date} are checked, not just noted. */
final class Schemas {

    private static final Dialect DRAFT_WITH_RIGHT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new NonValidationKeyword("right"))
            .build();

    private record Compiled(Schema schema, JsonNode document) {}

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
        Compiled its = compiled.computeIfAbsent(name, this::compile);
        return its.schema().validate(json.toString(), InputFormat.JSON).stream()
                .map(error -> SchemaFlaw.of(error, its.document()))
                .distinct()
                .toList();
    }

    private Compiled compile(String name) {
        String text = files.read(name);
        return new Compiled(registry.getSchema(text, InputFormat.JSON), Json.parse(text));
    }
}
