package com.misybot.tenancy.tenant.transfer;

import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.web.CsvCells;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/**
 * Tenants as CSV (RFC 4180, UTF-8 without byte order mark, comma, CRLF), safe to open in a spreadsheet: a cell that one would
 * take for a formula begins with an apostrophe. An import takes the apostrophe off again, so that what was exported comes back
 * unchanged.
 */
public final class TenantCsv {

    private final CsvWriter csv;

    private TenantCsv(CsvWriter csv) {
        this.csv = csv;
    }

    /** Begins a file with its header. */
    public static TenantCsv begin(Writer out) {
        var csv = new TenantCsv(
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out));
        csv.csv.writeRecord(
                Arrays.stream(CsvColumn.values()).map(CsvColumn::header).toList());
        return csv;
    }

    /** Adds a tenant. */
    public void write(Tenant tenant) {
        csv.writeRecord(cells(tenant));
    }

    /** Hands on what is buffered; to be called before the writer is left. */
    public void flush() throws IOException {
        csv.flush();
    }

    /** The guarded cells of a tenant, in the order of {@link CsvColumn}. */
    static List<String> cells(Tenant tenant) {
        return Arrays.stream(CsvColumn.values())
                .map(column -> CsvCells.guard(column.of(tenant)))
                .toList();
    }
}
