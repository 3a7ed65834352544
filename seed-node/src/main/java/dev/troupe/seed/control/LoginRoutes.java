package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.json;
import static dev.troupe.seed.control.ManagementReplies.now;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Begins the sessions of browsers. */
final class LoginRoutes {
  private final LoginCodes codes = new LoginCodes(System::nanoTime);
  private final Sessions sessions;
  private final DashboardFiles files;

  LoginRoutes(Sessions sessions, DashboardFiles files) {
    this.sessions = sessions;
    this.files = files;
  }

  /**
   * @param path of the link, which is good for one login
   */
  private record LoginLink(String path, long validSeconds) {}

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.post("/login-link", Permission.OPERATE, request -> now(link())),
        ManagementRoute.get("/login/{code}", Permission.NONE, this::login));
  }

  private HttpResponse link() {
    return json(200, new LoginLink("/login/" + codes.issue(), LoginCodes.LENGTH.toSeconds()));
  }

  private CompletionStage<HttpResponse> login(ManagementRequest request) {
    // Programs that preview links send a HEAD, which must not use the code up.
    if (request.http().method().equals(HttpMethods.HEAD)) {
      return now(HttpResponse.create());
    }
    // A redirect would not do: after a link on a page of another site the browser sends the cookie,
    // which is SameSite=Strict, only with requests that a page of this site makes.
    return now(
        codes.use(request.variable("code"))
            ? files.welcomePage().addHeader(RawHeader.create("Set-Cookie", sessions.begin()))
            : files.loginPage(403));
  }
}
