package dev.troupe.seed.control;

import static dev.troupe.seed.control.ManagementReplies.error;
import static dev.troupe.seed.control.ManagementReplies.now;

import java.util.List;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Location;

/** The dashboard. Its files need no session, since they say nothing about this cluster. */
final class DashboardRoutes {
  private final DashboardFiles files;

  DashboardRoutes(DashboardFiles files) {
    this.files = files;
  }

  List<ManagementRoute> all() {
    return List.of(
        ManagementRoute.get("/", Permission.NONE, request -> now(toDashboard())),
        ManagementRoute.get(
            "/assets/{name}",
            Permission.NONE,
            request ->
                now(
                    files
                        .file(request.variable("name"))
                        .orElseGet(() -> error(404, "there is no such file")))),
        ManagementRoute.getBelow("/ui", Permission.READ, request -> now(files.page())));
  }

  private static HttpResponse toDashboard() {
    return HttpResponse.create().withStatus(303).addHeader(Location.create("/ui/"));
  }
}
