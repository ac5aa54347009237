package com.misybot.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.misybot.tenancy.documents.Document;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The states of a tenant are drawn from the enums that the aggregate itself goes by. */
class LifecycleDocumentTests {

    private static final String FILE = "docs/lifecycle.md";

    @Test
    void drawsEveryMoveFromEveryState() throws IOException {
        var lines = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> PROVISIONING : register\n");
        for (var from : TenantStatus.values()) {
            for (var move : from.allowed()) {
                if (move != Move.RESTORE) {
                    lines.append("    %s --> %s : %s\n".formatted(from, move.target(), move.word()));
                }
            }
        }
        for (var from : TenantStatus.values()) {
            if (from.allowed().contains(Move.DELETE)) {
                lines.append("    %s --> %s : restore\n".formatted(TenantStatus.PENDING_DELETION, from));
            }
        }
        for (var move : SelfMove.values()) {
            lines.append("    %s --> %s : %s\n".formatted(move.from(), move.to(), move.when()));
        }
        Document.part(FILE, "states").requireSameAs(lines + "```\n");
    }

    @Test
    void listsWhatCanBeAskedInEachState() throws IOException {
        var rows = Arrays.stream(TenantStatus.values())
                .map(status -> "| `%s` | %s | %s |\n"
                        .formatted(
                                status,
                                status.allowed().stream()
                                        .map(move -> "`%s` → %s".formatted(move.word(), target(move)))
                                        .collect(Collectors.joining(", ")),
                                Arrays.stream(SelfMove.values())
                                        .filter(move -> move.from() == status)
                                        .map(move -> move.when() + " → " + move.to())
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
        Document.part(FILE, "moves").requireSameAs("| state | asked for | by itself |\n|---|---|---|\n" + rows);
    }

    @Test
    void listsWhatEachStateDoes() throws IOException {
        var rows = Arrays.stream(TenantStatus.values())
                .map(status -> "| `%s` | `%s` | `%s` | `%s` |\n"
                        .formatted(
                                status,
                                status.effects().sites(),
                                status.effects().secrets(),
                                status.effects().sessions()))
                .collect(Collectors.joining());
        Document.part(FILE, "effects")
                .requireSameAs("| state | sites | secrets | sessions |\n|---|---|---|---|\n" + rows);
    }

    @Test
    void everyMoveInServiceLeadsWhereItSays() {
        for (var move : ServiceMove.values()) {
            assertThat(Move.valueOf(move.name()).target()).isEqualTo(move.target());
            assertThat(move.toString()).isEqualTo(move.name().toLowerCase(Locale.ROOT));
        }
    }

    private static String target(Move move) {
        return move == Move.RESTORE ? "what it was before" : move.target().toString();
    }
}
