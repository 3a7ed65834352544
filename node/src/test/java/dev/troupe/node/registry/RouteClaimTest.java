package dev.troupe.node.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.protocol.service.ActionDescriptor;
import dev.troupe.protocol.service.HttpMethod;
import dev.troupe.protocol.service.PathTemplate;
import dev.troupe.protocol.service.ServiceDescriptor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouteClaimTest {
  private static final ServiceDescriptor ALPHA = at("Alpha", "/things/{id}");
  private static final ServiceDescriptor BETA = at("Beta", "/things/{thing}");

  private static ServiceDescriptor at(String service, String path) {
    return new ServiceDescriptor(
        service,
        "1",
        List.of(new ActionDescriptor("get", HttpMethod.GET, PathTemplate.of(path), true)));
  }

  private static RegistryView published(ServiceDescriptor... descriptors) {
    Map<String, ServiceView> services = new HashMap<>();
    Arrays.stream(descriptors)
        .forEach(each -> services.put(each.service(), new ServiceView(each, 0, 0)));
    return new RegistryView(List.of(), services, List.of());
  }

  @Test
  void theServiceThatComesLaterIsRefusedWithBothNamesWhateverTheyAre() {
    assertThat(RouteClaim.refusal(ALPHA, false, published(BETA)))
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .contains(
                        "GET /things/{id} (get of Alpha)",
                        "GET /things/{thing} (get of Beta)",
                        "Change the path",
                        "restart Beta"));
    assertThat(RouteClaim.refusal(BETA, false, published(ALPHA))).isPresent();
  }

  @Test
  void ofTwoThatHavePublishedTheFirstByNameStays() {
    RegistryView both = published(ALPHA, BETA);

    assertThat(RouteClaim.refusal(ALPHA, true, both)).isEmpty();
    assertThat(RouteClaim.refusal(BETA, true, both)).isPresent();
  }

  @Test
  void aServiceWhoseDescriptorIsOnItsWayHasPublishedToo() {
    assertThat(RouteClaim.refusal(ALPHA, true, published(BETA))).isEmpty();
  }

  @Test
  void aNewProcessOfAServiceThatHasThePathIsNoNewcomer() {
    assertThat(RouteClaim.refusal(ALPHA, false, published(ALPHA, BETA))).isEmpty();
    assertThat(RouteClaim.refusal(BETA, false, published(ALPHA, BETA))).isPresent();
  }

  @Test
  void aNewVersionThatWantsThePathOfAnotherIsANewcomer() {
    ServiceDescriptor earlier = at("Alpha", "/other");

    assertThat(RouteClaim.refusal(ALPHA, false, published(earlier, BETA))).isPresent();
  }

  @Test
  void otherInstancesAndVersionsOfOneServiceAreNoConflict() {
    assertThat(RouteClaim.refusal(ALPHA, false, published(at("Alpha", "/things/{other}"))))
        .isEmpty();
  }

  @Test
  void aPageOfTheGatewayIsNobodysPath() {
    assertThat(RouteClaim.refusal(at("Alpha", "/services/{x}/health"), false, published()))
        .hasValueSatisfying(reason -> assertThat(reason).contains("a page of the gateway"));
  }
}
