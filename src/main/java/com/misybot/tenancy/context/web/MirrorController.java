package com.misybot.tenancy.context.web;

import com.misybot.tenancy.context.mirror.MirrorRebuild;
import com.misybot.tenancy.kernel.Cause;
import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.operation.OperationOrder;
import com.misybot.tenancy.operation.Operations;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.RestPaths;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has the mirror in Redis made anew. */
@RestController
@RequestMapping(
        path = ContextController.PATH + "/mirror",
        version = RestPaths.VERSION,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Context")
class MirrorController {

    private final ScopedTransactions transactions;
    private final Operations operations;

    MirrorController(ScopedTransactions transactions, Operations operations) {
        this.transactions = transactions;
        this.operations = operations;
    }

    /** The operation that does it. */
    @Schema(name = "MirrorRebuild")
    record Started(UUID operationId) {}

    @PostMapping("/rebuild")
    @Access(scope = "operations:write", callers = Access.Kind.OPERATOR)
    @Operation(
            operationId = "rebuildMirror",
            summary = "Write every context into Redis that it does not have",
            description = "The operation compares all of them. After a flush it happens by itself.")
    @ApiResponse(
            responseCode = "202",
            description = "It is being done.",
            headers =
                    @Header(
                            name = "Location",
                            description = "The operation.",
                            schema =
                                    @Schema(
                                            type = "string",
                                            pattern = "^/api/v1/operations/[0-9a-f-]{36}$",
                                            maxLength = 100)),
            content = @Content(schema = @Schema(implementation = Started.class)))
    ResponseEntity<Started> rebuild(Cause cause) {
        var started = transactions.change(
                Scope.platformRows(),
                () -> operations.start(
                        OperationOrder.of(MirrorRebuild.KIND, Scope.platformRows(), null, cause.actor())));
        return ResponseEntity.accepted()
                .location(Operations.location(started.id()))
                .body(new Started(started.id()));
    }
}
