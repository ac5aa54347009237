package com.misybot.tenancy.tenant.web;

import com.misybot.tenancy.kernel.Reach;
import com.misybot.tenancy.tenant.Tenant;
import com.misybot.tenancy.tenant.find.TenantFilter;
import com.misybot.tenancy.tenant.find.TenantFinder;
import com.misybot.tenancy.tenant.find.TenantFinder.Order;
import com.misybot.tenancy.tenant.find.TenantSort;
import com.misybot.tenancy.tenant.transfer.TenantCsv;
import com.misybot.tenancy.web.Sorting;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes lists of any length in constant memory: batch by batch, each in a transaction of its own, each after the key of the
 * last. What fails before the first batch is there is answered as a problem; what fails later breaks the connection off.
 */
@Component
class TenantStreams {

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";
    static final String CSV_EXAMPLE = """
        tenantId,siteId,externalId,name,legalName,industry,website,contactName,email,phone,country,locale,timeZone,plan,region,allowedOrigins,permissions,labels,settings,activeUntil,status,statusReason,statusSince,statusUntil,purgeAt,version,createdAt,createdBy,updatedAt,updatedBy,id
        acme-dental,site_2k9ZbQ7rT4mXw1LcV8sN,,Acme Dental,,,,,,'+4930901820,DE,,,standard,eu-central,https://acme-dental.example,chat.reply,"{""tier"":""gold""}",{},,ACTIVE,,2026-03-01T12:00:00Z,,,1,2026-03-01T12:00:00Z,operator:anna,2026-03-01T12:00:00Z,operator:anna,019cac2a-7a00-7000-8000-000000000001
        """;

    private final TenantFinder tenants;
    private final JsonMapper json;
    private final Clock clock;

    TenantStreams(TenantFinder tenants, JsonMapper json, Clock clock) {
        this.tenants = tenants;
        this.json = json;
        this.clock = clock;
    }

    void ndjson(
            TenantFilter filter,
            Reach reach,
            Sorting<TenantSort> sort,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        write(filter, reach, sort, request, response, NDJSON, () -> {
            var out = response.getOutputStream();
            return new Form() {
                @Override
                public void write(Tenant tenant) throws IOException {
                    out.write(json.writeValueAsBytes(TenantResponse.from(tenant, clock.instant())));
                    out.write('\n');
                }

                @Override
                public void flush() throws IOException {
                    out.flush();
                }
            };
        });
    }

    void csv(
            TenantFilter filter,
            Reach reach,
            Sorting<TenantSort> sort,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        write(filter, reach, sort, request, response, CSV + ";charset=UTF-8;header=present", () -> {
            var out = response.getWriter();
            var rows = TenantCsv.begin(out);
            return new Form() {
                @Override
                public void write(Tenant tenant) {
                    rows.write(tenant);
                }

                @Override
                public void flush() throws IOException {
                    rows.flush();
                    out.flush();
                    // a writer of the container keeps its errors to itself
                    if (out.checkError()) {
                        throw new IOException("The caller went away");
                    }
                }
            };
        });
    }

    /** How a tenant is written. */
    private interface Form {
        void write(Tenant tenant) throws IOException;

        void flush() throws IOException;
    }

    /** Begins an answer, once it is clear that there is one. */
    private interface Beginning {
        Form begin() throws IOException;
    }

    private void write(
            TenantFilter filter,
            Reach reach,
            Sorting<TenantSort> sort,
            HttpServletRequest request,
            HttpServletResponse response,
            String type,
            Beginning beginning)
            throws IOException {
        if (HttpMethod.HEAD.matches(request.getMethod())) {
            response.setContentType(type);
            return;
        }
        var batch = tenants.batch(filter, reach, order(sort, null));
        response.setContentType(type);
        var form = beginning.begin();
        while (true) {
            for (var tenant : batch) {
                form.write(tenant);
            }
            form.flush();
            if (batch.size() < TenantFinder.BATCH) {
                return;
            }
            batch = tenants.batch(filter, reach, order(sort, sort.by().cursor(batch.getLast())));
        }
    }

    private static Order order(Sorting<TenantSort> sort, @org.jspecify.annotations.Nullable List<String> after) {
        return new Order(sort.by(), sort.descending(), after);
    }
}
