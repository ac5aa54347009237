package com.misybot.tenancy.context.web;

import com.misybot.tenancy.kernel.Caller;
import com.misybot.tenancy.kernel.InvalidValue;
import com.misybot.tenancy.kernel.SiteId;
import com.misybot.tenancy.web.DirectRoute;
import com.misybot.tenancy.web.PercentEncoding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Resolves {@code ?siteId=…&origin=…}, in this order and with nothing besides, as nearly every request of a widget has it. */
final class DirectResolve extends DirectRoute {

    private static final String SITE = "siteId=";
    private static final String ORIGIN = "&origin=";

    private final ObjectProvider<ContextController> handler;

    DirectResolve(ObjectProvider<ContextController> handler, ObjectProvider<HandlerExceptionResolver> failures) {
        super(ContextController.SCOPE, HttpMethod.GET.name(), ContextController.PATH, failures);
        this.handler = handler;
    }

    @Override
    protected @Nullable HttpServletRequest answer(
            HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        var page = page(request.getQueryString());
        if (page == null) {
            return request;
        }
        handler.getObject().resolve(page, caller, request, response);
        return null;
    }

    private static @Nullable PageOfSite page(@Nullable String query) {
        if (query == null || !query.startsWith(SITE) || query.indexOf('+') >= 0) {
            return null;
        }
        var end = query.indexOf('&');
        if (end < 0 || !query.startsWith(ORIGIN, end) || query.indexOf('&', end + 1) >= 0) {
            return null;
        }
        var origin = query.substring(end + ORIGIN.length());
        var text = origin.indexOf('%') < 0 ? origin : PercentEncoding.decode(origin);
        try {
            return text == null ? null : new PageOfSite(new SiteId(query.substring(SITE.length(), end)), text);
        } catch (InvalidValue _) {
            return null;
        }
    }
}
