package dev.sluice.admin.configuration;

import dev.sluice.admin.problem.Refusal;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Who changes the configuration, and which version they have seen.
 *
 * @param expectedVersion from the header {@code If-Match}; null to change whatever is current
 */
public record Edit(String author, @Nullable Long expectedVersion) {
    /** Makes an edit of the request, so that controllers can take one as a parameter. */
    static final class Resolver implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Edit.class;
        }

        @Override
        public Edit resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            Principal user = Objects.requireNonNull(request.getUserPrincipal(), "every request needs a login");
            return new Edit(user.getName(), version(request.getHeader("If-Match")));
        }

        private static @Nullable Long version(@Nullable String header) {
            if (header == null || header.strip().equals("*")) {
                return null;
            }
            try {
                return Long.valueOf(header.strip().replaceAll("^\"|\"$", ""));
            } catch (NumberFormatException e) {
                throw Refusal.badRequest("If-Match: '" + header + "' is not the number of a configuration version");
            }
        }
    }
}
