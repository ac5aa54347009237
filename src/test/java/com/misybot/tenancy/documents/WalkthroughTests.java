package com.misybot.tenancy.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.security.apikey.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Walks through README.md as its reader would and compares what comes back with what stands there. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class WalkthroughTests {

    /** What differs from run to run: ids, generated siteIds, instants, trace ids, scores, principals, the service's address. */
    private static final Pattern OF_ONE_RUN = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"
                    + "|site_[0-9A-Za-z]{20}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|[0-9a-f]{32}|\"score\":[0-9.]+|\"id\":\"[0-9A-Za-z]{8}\"|/sessions/[0-9A-Za-z]{8}|operator:[^\"]+");

    @Test
    void printsWhatTheReadmeShows(
            @Autowired ApplicationContext context, @LocalServerPort int port, @TempDir Path directory)
            throws IOException, InterruptedException {
        var key = directory.resolve("operator.key");
        Files.writeString(key, TestKeys.operator(context) + "\n");
        var walk = new ProcessBuilder("bash", "docs/walkthrough.sh", "http://127.0.0.1:" + port, key.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(walk.waitFor()).as(output).isZero();

        var made = "```console\n" + output.strip() + "\n```\n";
        var part = Document.part("README.md", "walkthrough");
        if (!same(part.text(), made)) {
            part.updateWith(made);
        }
        assertThat(neutral(part.text()))
                .as("README.md: write it anew with ./mvnw test -Dupdate.docs=true")
                .isEqualTo(neutral(made));
    }

    @Test
    void sendsTheSameRequestsFromTheHttpFile() throws IOException {
        var ofTheWalk = Pattern.compile("(?m)^\\$ curl -X (\\w+) \"\\$API([^\"]+)\"");
        var ofTheFile = Pattern.compile("(?m)^(\\w+) \\{\\{api}}(\\S+)$");

        var file = Files.readString(Path.of("docs/tenancy.http")).replace("{{tenant}}", "acme-dental");

        assertThat(requests(ofTheFile, file))
                .isNotEmpty()
                .isEqualTo(requests(
                        ofTheWalk, Document.part("README.md", "walkthrough").text()));
    }

    private static List<String> requests(Pattern request, String text) {
        return request.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    private static boolean same(String one, String other) {
        return neutral(one).equals(neutral(other));
    }

    private static String neutral(String text) {
        return OF_ONE_RUN.matcher(text).replaceAll("…");
    }
}
