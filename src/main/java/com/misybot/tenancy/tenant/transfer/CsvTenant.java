package com.misybot.tenancy.tenant.transfer;

import com.google.common.base.Splitter;
import com.misybot.tenancy.web.CsvCells;
import com.misybot.tenancy.web.FieldError;
import com.misybot.tenancy.web.Problem;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.WebProblem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes the JSON that a row of {@link TenantCsv} stands for: an empty cell is an absent field. */
final class CsvTenant {

    /** Beside the columns of an export: the hash of a secret, which no export contains, as a JSON object. */
    static final String LEGACY_SECRET_HASH = "legacySecretHash";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Map<String, CsvColumn> COLUMNS =
            Arrays.stream(CsvColumn.values()).collect(Collectors.toMap(CsvColumn::header, Function.identity()));
    private static final Set<CsvColumn> REQUIRED = EnumSet.of(CsvColumn.TENANT_ID, CsvColumn.NAME);

    /** The column of each cell; null is that of the secret's hash. */
    private final List<@Nullable CsvColumn> columns;

    private CsvTenant(List<@Nullable CsvColumn> columns) {
        this.columns = columns;
    }

    static CsvTenant withHeader(List<String> header) {
        var seen = new HashSet<String>();
        for (var name : header) {
            if (!COLUMNS.containsKey(name) && !name.equals(LEGACY_SECRET_HASH)) {
                throw refused(
                        FieldError.UNKNOWN_FIELD,
                        "The first row names a column that does not exist. There are: "
                                + Stream.concat(
                                                Arrays.stream(CsvColumn.values())
                                                        .map(CsvColumn::header),
                                                Stream.of(LEGACY_SECRET_HASH))
                                        .collect(Collectors.joining(", "))
                                + ".");
            }
            if (!seen.add(name)) {
                throw refused(FieldError.DUPLICATE, "The first row names the column " + name + " twice.");
            }
        }
        for (var column : REQUIRED) {
            if (!seen.contains(column.header())) {
                throw refused(FieldError.REQUIRED, "The first row names no column " + column.header() + ".");
            }
        }
        return new CsvTenant(
                header.stream().<@Nullable CsvColumn>map(COLUMNS::get).toList());
    }

    /**
     * The line of NDJSON that says the same.
     *
     * @throws ProblemException 400 where there are more or fewer cells than columns, or no JSON where it has to be
     */
    byte[] json(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw Problem.of(
                            WebProblem.INVALID_REQUEST,
                            "The row has " + cells.size() + " cells, and there are " + columns.size() + " columns.")
                    .asException();
        }
        var line = JSON.createObjectNode();
        var business = line.putObject("business");
        for (var i = 0; i < cells.size(); i++) {
            var cell = CsvCells.unguard(cells.get(i));
            if (!cell.isEmpty()) {
                put(line, business, columns.get(i), cell);
            }
        }
        return JSON.writeValueAsBytes(line);
    }

    private static void put(ObjectNode line, ObjectNode business, @Nullable CsvColumn column, String cell) {
        switch (column) {
            case null -> putObject(line, LEGACY_SECRET_HASH, cell);
            case LABELS, SETTINGS -> putObject(line, column.header(), cell);
            case ALLOWED_ORIGINS, PERMISSIONS -> {
                var array = line.putArray(column.header());
                Splitter.on(' ').omitEmptyStrings().split(cell).forEach(array::add);
            }
            case NAME, LEGAL_NAME, INDUSTRY, WEBSITE, CONTACT_NAME, EMAIL, PHONE, COUNTRY, LOCALE, TIME_ZONE ->
                business.put(column.header(), cell);
            case TENANT_ID, SITE_ID, EXTERNAL_ID, PLAN, REGION, ACTIVE_UNTIL, STATUS, STATUS_REASON ->
                line.put(column.header(), cell);
            case STATUS_SINCE, STATUS_UNTIL, PURGE_AT, VERSION, CREATED_AT, CREATED_BY, UPDATED_AT, UPDATED_BY, ID -> {}
        }
    }

    private static void putObject(ObjectNode line, String field, String cell) {
        try {
            line.set(field, JSON.readTree(cell));
        } catch (JacksonException e) {
            throw ProblemException.invalid("/" + field, FieldError.FORMAT, "The cell is a JSON object.");
        }
    }

    private static ProblemException refused(String code, String detail) {
        return ProblemException.invalid("", code, detail);
    }
}
