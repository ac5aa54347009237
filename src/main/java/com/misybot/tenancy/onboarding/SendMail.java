package com.misybot.tenancy.onboarding;

import com.misybot.tenancy.kernel.Scope;
import com.misybot.tenancy.kernel.ScopedTransactions;
import com.misybot.tenancy.onboarding.mail.Letter;
import com.misybot.tenancy.onboarding.mail.Letters;
import com.misybot.tenancy.onboarding.mail.Postman;
import com.misybot.tenancy.operation.job.JobHandler;
import com.misybot.tenancy.operation.job.JobRun;
import com.misybot.tenancy.operation.job.JobType;
import com.misybot.tenancy.web.PublicSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends one mail, until the mail server takes it. Each attempt has a token of its own: an attempt that fails may have been delivered all
 * the same, and its link must then work. Without a mail server the link is sealed for the operator's view.
 */
@Component
class SendMail implements JobHandler<JobType.NoData> {

    private static final int WELCOME_LIFETIMES = 7;

    private final ScopedTransactions transactions;
    private final Mails mails;
    private final ApplicationRows applications;
    private final Contacts contacts;
    private final LinkTokens tokens;
    private final Postman postman;
    private final OnboardingSettings settings;
    private final PublicSettings here;

    SendMail(
            ScopedTransactions transactions,
            Mails mails,
            ApplicationRows applications,
            Contacts contacts,
            LinkTokens tokens,
            Postman postman,
            OnboardingSettings settings,
            PublicSettings here) {
        this.transactions = transactions;
        this.mails = mails;
        this.applications = applications;
        this.contacts = contacts;
        this.tokens = tokens;
        this.postman = postman;
        this.settings = settings;
        this.here = here;
    }

    @Override
    public JobType<JobType.NoData> type() {
        return Mails.SEND;
    }

    private record Ready(Mails.Waiting mail, Application application, Contact contact) {}

    @Override
    public void run(JobRun run, JobType.NoData nothing) {
        var id = run.id().change();
        var ready = transactions.read(run.scope(), () -> ready(id)).orElse(null);
        if (ready == null || !isWanted(ready)) {
            end(run, id, Mails.Outcome.OBSOLETE, null);
            return;
        }
        var link = link(ready);
        if (!postman.isThere()) {
            end(run, id, Mails.Outcome.SHOWN, link);
            return;
        }
        var outcome = postman.send(letter(ready, link));
        end(run, id, Mails.Outcome.valueOf(outcome.name()), null);
    }

    private Optional<Ready> ready(UUID id) {
        return mails.waiting(id)
                .flatMap(mail -> applications
                        .find(mail.application())
                        .flatMap(application -> applications
                                .contact(application.id())
                                .map(kept -> new Ready(mail, application, contacts.open(application.id(), kept)))));
    }

    private static boolean isWanted(Ready ready) {
        var state = ready.application().state();
        return switch (ready.mail().kind()) {
            case VERIFY -> !state.isEnded() && !state.hasTenant();
            case WELCOME -> state == ApplicationState.REGISTERED;
            case REJECTED -> state == ApplicationState.REJECTED;
        };
    }

    private @Nullable String link(Ready ready) {
        var application = ready.application();
        return switch (ready.mail().kind()) {
            case VERIFY ->
                transactions.change(Scope.platformRows(), () -> {
                    var now = transactions.now();
                    var end = now.plus(settings.linkLifetime());
                    return here.publicUrl()
                            + OnboardingPaths.VERIFY
                            + tokens.issue(LinkTokens.Purpose.VERIFY, application.id(), now, end)
                                    .secret()
                                    .value();
                });
            case WELCOME -> {
                var tenant = Objects.requireNonNull(application.tenant());
                yield transactions.change(Scope.tenant(tenant), () -> {
                    var now = transactions.now();
                    // it comes when nobody waits for it, unlike a mail that was asked for a moment ago
                    var end = now.plus(settings.linkLifetime().multipliedBy(WELCOME_LIFETIMES));
                    return here.publicUrl()
                            + OnboardingPaths.SECRET
                            + tokens.issueForSecret(tenant, application.id(), now, end)
                                    .secret()
                                    .value();
                });
            }
            case REJECTED -> null;
        };
    }

    private static Letter letter(Ready ready, @Nullable String link) {
        var to = ready.contact().email();
        var application = ready.application();
        return switch (ready.mail().kind()) {
            case VERIFY -> Letters.verification(to, String.valueOf(link));
            case WELCOME -> Letters.welcome(to, Objects.requireNonNull(application.tenantId()), String.valueOf(link));
            case REJECTED -> Letters.rejection(to, String.valueOf(application.reason()));
        };
    }

    private void end(JobRun run, UUID id, Mails.Outcome outcome, @Nullable String link) {
        transactions.change(run.scope(), () -> {
            run.confirm();
            mails.ended(id, outcome, link == null ? null : contacts.sealLink(id, link), transactions.now());
            return null;
        });
    }
}
