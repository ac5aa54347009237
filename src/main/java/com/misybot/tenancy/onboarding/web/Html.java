package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.web.Problem;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** A page of plain HTML: no script, no style, nothing from elsewhere, and forms that post to where they come from. */
final class Html {

    private static final String POLICY =
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    private static final MediaType TYPE = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final StringBuilder body = new StringBuilder();
    private final String title;

    Html(String title) {
        this.title = title;
    }

    Html paragraph(String text) {
        body.append("<p>").append(HtmlUtils.htmlEscape(text)).append("</p>\n");
        return this;
    }

    /** A name and what it is. */
    Html fact(String name, String value) {
        body.append("<p>")
                .append(HtmlUtils.htmlEscape(name))
                .append(": <code>")
                .append(HtmlUtils.htmlEscape(value))
                .append("</code></p>\n");
        return this;
    }

    /** A button that posts to this page again. */
    Html button(String label) {
        body.append("<form method=\"post\"><button>")
                .append(HtmlUtils.htmlEscape(label))
                .append("</button></form>\n");
        return this;
    }

    /** A button that posts a token and what to do elsewhere on this host. */
    Html button(String label, String path, String token, String action) {
        body.append("<form method=\"post\" action=\"")
                .append(HtmlUtils.htmlEscape(path))
                .append("\"><input type=\"hidden\" name=\"token\" value=\"")
                .append(HtmlUtils.htmlEscape(token))
                .append("\"><input type=\"hidden\" name=\"action\" value=\"")
                .append(HtmlUtils.htmlEscape(action))
                .append("\"><button>")
                .append(HtmlUtils.htmlEscape(label))
                .append("</button></form>\n");
        return this;
    }

    ResponseEntity<String> answer() {
        return answer(HttpStatus.OK);
    }

    private ResponseEntity<String> answer(HttpStatus status) {
        var heading = HtmlUtils.htmlEscape(title);
        return ResponseEntity.status(status)
                .contentType(TYPE)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .body("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>"
                        + heading + "</title></head><body>\n<h1>" + heading + "</h1>\n" + body + "</body></html>\n");
    }

    static ResponseEntity<String> of(Problem problem) {
        return new Html(problem.code().title())
                .paragraph(problem.detail())
                .fact("Code", problem.code().code())
                .answer(problem.code().status());
    }
}
