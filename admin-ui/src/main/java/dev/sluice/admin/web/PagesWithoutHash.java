package dev.sluice.admin.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Sends who types {@code /channels} to {@code #/channels}, where the browser finds the page. The way is told relative to the
 * address asked for, which a reverse proxy may have changed.
 */
final class PagesWithoutHash implements HandlerInterceptor {
    private static final List<String> NO_PAGES = List.of("api", "actuator", "v3");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String path = request.getRequestURI().substring(request.getContextPath().length() + 1);
        if (!(handler instanceof ResourceHttpRequestHandler) || !isPage(path)) {
            return true;
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        long depth = path.chars().filter(c -> c == '/').count();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader(HttpHeaders.LOCATION, "./" + "../".repeat((int) depth) + "#/" + path + query);
        return false;
    }

    private static boolean isPage(String path) {
        return !path.isEmpty() && path.indexOf('.') < 0 && !NO_PAGES.contains(path.split("/", 2)[0]);
    }
}
