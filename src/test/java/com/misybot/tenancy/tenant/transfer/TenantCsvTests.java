package com.misybot.tenancy.tenant.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.web.CsvCells;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantCsvTests {

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+49301", "-5", "@SUM(A1)", "\tx", "\r=x", "\n=x", "＝1", "＋1", "－1", "＠x", "'=x", "''-"})
    void guardsWhatASpreadsheetWouldCompute(String value) {
        assertThat(CsvCells.guard(value)).isEqualTo("'" + value);
        assertThat(CsvCells.unguard(CsvCells.guard(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "'t Hooft School", "'", "''", "a=b", "{\"a\":\"=1\"}", "5-3"})
    void leavesOtherTextAlone(String value) {
        assertThat(CsvCells.guard(value)).isEqualTo(value);
        assertThat(CsvCells.unguard(value)).isEqualTo(value);
    }

    @Test
    void beginsWithTheAgreedColumns() throws IOException {
        var out = new StringWriter();
        TenantCsv.begin(out).flush();
        assertThat(out)
                .hasToString(
                        "tenantId,siteId,externalId,name,legalName,industry,website,contactName,email,phone,country,locale,"
                                + "timeZone,plan,region,allowedOrigins,permissions,labels,settings,activeUntil,status,statusReason,"
                                + "statusSince,statusUntil,purgeAt,version,createdAt,createdBy,updatedAt,updatedBy,id\r\n");
    }
}
