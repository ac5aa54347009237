package com.misybot.tenancy.onboarding.web;

import com.misybot.tenancy.kernel.Origin;
import com.misybot.tenancy.onboarding.Application;
import com.misybot.tenancy.onboarding.ApplicationState;
import com.misybot.tenancy.onboarding.Applications;
import com.misybot.tenancy.onboarding.FirstSecrets;
import com.misybot.tenancy.onboarding.OnboardingPaths;
import com.misybot.tenancy.onboarding.proof.Challenge;
import com.misybot.tenancy.web.Access;
import com.misybot.tenancy.web.ProblemException;
import com.misybot.tenancy.web.PublicSettings;
import com.misybot.tenancy.web.Senders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The pages that links in mails open, for people without a script of their own. A {@code GET} shows what the link is about and changes
 * nothing, because scanners of mails open every link; the button posts, and that acts.
 */
@RestController
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
class OnboardingPages {

    private static final String TOKEN = "{token}";
    private static final String FOLLOW = "/onboarding/application";

    private final Applications applications;
    private final FirstSecrets secrets;
    private final PublicSettings here;

    OnboardingPages(Applications applications, FirstSecrets secrets, PublicSettings here) {
        this.applications = applications;
        this.secrets = secrets;
        this.here = here;
    }

    @Access(callers = Access.Kind.PUBLIC)
    @GetMapping(OnboardingPaths.VERIFY + TOKEN)
    ResponseEntity<String> askToVerify(@PathVariable String token) {
        return page(() -> about(new Html("Is this your application?"), applications.look(token))
                .paragraph("If it is not, close this page: nothing happens.")
                .button("Yes, this is mine"));
    }

    @Access(callers = Access.Kind.PUBLIC)
    @PostMapping(OnboardingPaths.VERIFY + TOKEN)
    ResponseEntity<String> verify(@PathVariable String token, HttpServletRequest request) {
        return page(() -> {
            var followed = applications.verify(token, Senders.of(request));
            return standing(followed.application(), followed.token().value());
        });
    }

    /** What the buttons of the page of an application do. */
    enum Action {
        LOOK,
        CHECK,
        WITHDRAW
    }

    @Access(callers = Access.Kind.PUBLIC)
    @PostMapping(path = FOLLOW, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<String> follow(HttpServletRequest request) {
        return page(() -> {
            var form = PostedForm.of(request);
            var token = form.text("token");
            var application = switch (form.word("action", Action.class)) {
                case LOOK -> applications.follow(token);
                case CHECK -> applications.check(token, Senders.of(request));
                case WITHDRAW -> applications.withdraw(token, Senders.of(request));
            };
            return standing(application, token);
        });
    }

    @Access(callers = Access.Kind.PUBLIC)
    @GetMapping(OnboardingPaths.SECRET + TOKEN)
    ResponseEntity<String> askForSecret(@PathVariable String token) {
        return page(() -> new Html("Your secret")
                .fact("Tenant", secrets.look(token).value())
                .paragraph(
                        "The secret is made when you press the button, and shown this once. Be where you can keep it.")
                .button("Show my secret"));
    }

    @Access(callers = Access.Kind.PUBLIC)
    @PostMapping(OnboardingPaths.SECRET + TOKEN)
    ResponseEntity<String> secret(@PathVariable String token, HttpServletRequest request) {
        return page(() -> {
            var issued = secrets.issue(token, Senders.of(request));
            return new Html("Your secret")
                    .fact("Tenant", issued.tenantId().value())
                    .fact("Site", issued.siteId().value())
                    .fact("Secret", issued.secret().value())
                    .paragraph("Keep it now: nobody can show it again. Who loses it asks an operator for another.");
        });
    }

    private static ResponseEntity<String> page(Supplier<Html> page) {
        try {
            return page.get().answer();
        } catch (ProblemException e) {
            return Html.of(e.problem());
        }
    }

    private static Html about(Html page, Application application) {
        var wish = application.wish();
        return page.fact("Business", wish.organisation())
                .fact("Site", wish.origins().stream().map(Origin::toString).collect(Collectors.joining(", ")));
    }

    private Html standing(Application application, String token) {
        var page = about(new Html("Your application"), application)
                .fact("State", application.state().name());
        if (application.state() == ApplicationState.EMAIL_VERIFIED) {
            challenge(page, application);
            page.button("Look for it now", path(), token, Action.CHECK.name());
        }
        if (application.state() == ApplicationState.REJECTED && application.reason() != null) {
            page.fact("Reason", application.reason());
        }
        page.button("How does it stand?", path(), token, Action.LOOK.name());
        return application.state().allowed().contains(ApplicationState.WITHDRAWN)
                ? page.button("Withdraw the application", path(), token, Action.WITHDRAW.name())
                : page;
    }

    private static void challenge(Html page, Application application) {
        var origin = application.wish().proven();
        var challenge = Challenge.of(origin, application.proof().challenge());
        page.paragraph("Show that the site is yours: make a TXT record in the DNS.")
                .fact("Name", challenge.record())
                .fact("Content", challenge.content());
        if (!origin.isWildcard()) {
            page.paragraph("Or put a file with that content on the site.").fact("Address", challenge.url());
        }
        var proof = application.proof();
        if (proof.dns() != null && proof.http() != null) {
            page.fact("Not found in the DNS", proof.dns().name())
                    .fact("Not found on the site", proof.http().name());
        }
        page.paragraph("It is looked for by itself until " + application.expiresAt() + "; you need not wait here.");
    }

    /** Where a proxy puts the service. */
    private String path() {
        return java.net.URI.create(here.publicUrl()).getRawPath() + FOLLOW;
    }
}
