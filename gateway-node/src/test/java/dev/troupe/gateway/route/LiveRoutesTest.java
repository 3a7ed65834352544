package dev.troupe.gateway.route;

import static dev.troupe.protocol.service.HttpMethod.GET;
import static dev.troupe.protocol.service.HttpMethod.POST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.gateway.Views;
import dev.troupe.gateway.status.StatusPage;
import dev.troupe.node.registry.RegistryView;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.junit.jupiter.api.Test;

class LiveRoutesTest {
  private static final StatusPage PAGE = (view, path) -> StatusPage.Response.ok("page");

  private final LiveRoutes routes =
      new LiveRoutes(Map.of(PathTemplate.of("/health"), PAGE), Map.of());

  @Test
  void theGatewaysOwnPagesAreThereFromTheStart() {
    assertThat(target(RegistryView.EMPTY, "health")).contains(new RouteTarget.GatewayPage(PAGE));
  }

  @Test
  void theTableStaysUntilADescriptorChanges() {
    RegistryView first = new Views().service(Views.users(), 1, 0).build();
    RegistryView more = new Views().service(Views.users(), 2, 0).ready("UserService", "u").build();
    RegistryView changed = new Views().service(Views.users()).service(Views.orders()).build();

    RouteTable<RouteTarget> table = routes.at(first);

    assertThat(routes.at(more)).isSameAs(table);
    assertThat(routes.at(changed)).isNotSameAs(table);
    assertThat(routes.at(changed).find(POST, List.of("orders"))).isPresent();
  }

  @Test
  void aServiceStaysReachableWhileItHasNoInstance() {
    RegistryView view = new Views().service(Views.users()).build();

    assertThat(target(view, "users")).isPresent();
  }

  @Test
  void ofTwoServicesAtOnePlaceTheFirstByNameWinsAndTheLogSaysSoOnce() {
    ActorTestKit kit = ActorTestKit.create();
    RegistryView view =
        new Views().service(at("Beta", "/things")).service(at("Alpha", "/things")).build();
    RegistryView later =
        new Views()
            .service(at("Beta", "/things"))
            .service(at("Alpha", "/things"))
            .service(Views.users())
            .build();

    LoggingTestKit.warn("GET /things of Beta is not reachable: /things of Alpha")
        .withOccurrences(1)
        .expect(
            kit.system(),
            () -> {
              routes.at(view);
              return routes.at(later);
            });

    assertThat(target(view, "things").orElseThrow())
        .isInstanceOfSatisfying(
            RouteTarget.ServiceAction.class,
            action -> assertThat(action.service()).isEqualTo("Alpha"));
    kit.shutdownTestKit();
  }

  @Test
  void noServiceTakesAPageOfTheGateway() {
    RegistryView view = new Views().service(at("Alpha", "/health")).build();

    assertThat(target(view, "health")).contains(new RouteTarget.GatewayPage(PAGE));
  }

  private Optional<RouteTarget> target(RegistryView view, String segment) {
    return routes.at(view).find(GET, List.of(segment)).map(RouteTable.Found::target);
  }

  private static ServiceDescriptor at(String service, String path) {
    return new ServiceDescriptor(service, "1", List.of(Views.action("get", GET, path)));
  }
}
