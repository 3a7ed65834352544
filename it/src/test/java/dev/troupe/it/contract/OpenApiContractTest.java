package dev.troupe.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OpenApiContractTest {
  private static final OpenApiContract CONTRACT =
      OpenApiContract.of(
          """
          {"openapi": "3.1.0",
           "tags": [{"name": "Legacy", "x-troupe-prefix": "/legacy"}],
           "x-troupe-unlisted": {"responses": {
             "404": {"$ref": "#/components/responses/Error"},
             "405": {"$ref": "#/components/responses/Error"}}},
           "paths": {
             "/users/{id}": {
               "get": {"responses": {
                 "200": {
                   "headers": {"ETag": {"required": true}, "Link": {}},
                   "content": {"application/json": {"schema": {
                     "$ref": "#/components/schemas/User"}}}},
                 "404": {"$ref": "#/components/responses/Error"},
                 "default": {"$ref": "#/components/responses/Error"}}},
               "delete": {"responses": {"204": {}}}},
             "/users/me": {
               "get": {"responses": {"2XX": {"content": {"*/*": {}}}}}}},
           "components": {
             "responses": {"Error": {
               "content": {"application/json": {"schema": {"required": ["message"]}}}}},
             "schemas": {"User": {
               "type": "object",
               "properties": {
                 "id": {"type": "integer", "format": "int32"},
                 "since": {"type": "string", "format": "date-time"}},
               "required": ["id"]}}}}
          """);

  private static final String JSON = "application/json; charset=UTF-8";

  @Test
  void anAnswerAsItIsDocumentedHasNoFaults() {
    assertThat(faults("GET", "/users/1", 200, "{\"id\":1,\"since\":\"2026-01-31T12:00:00Z\"}"))
        .isEmpty();
    assertThat(faults("GET", "/users/1/", 404, "{\"message\":\"none\"}")).isEmpty();
    assertThat(faults("HEAD", "/users/1", 200, "")).isEmpty();
    assertThat(faults("DELETE", "/users/1", 204, "")).isEmpty();
    assertThat(faults("GET", "/users/me", 201, "anything")).isEmpty();
    assertThat(faults("GET", "/nowhere", 404, "{\"message\":\"none\"}")).isEmpty();
    assertThat(faults("POST", "/users/1", 405, "{\"message\":\"no\"}")).isEmpty();
  }

  @Test
  void aBodyThatTheSchemaExcludesIsAFault() {
    assertThat(faults("GET", "/users/1", 200, "{}")).singleElement().asString().contains("id");
    assertThat(faults("GET", "/users/1", 200, "{\"id\":2147483648}")).hasSize(1);
    assertThat(faults("GET", "/users/1", 200, "{\"id\":1,\"since\":\"today\"}")).hasSize(1);
    assertThat(faults("GET", "/users/1", 404, "{}")).hasSize(1);
    assertThat(faults("GET", "/users/1", 200, "{")).hasSize(1);
    assertThat(faults("DELETE", "/users/1", 204, "{}")).hasSize(1);
  }

  @Test
  void aStatusThatOnlyDefaultCoversIsAFault() {
    assertThat(faults("GET", "/users/1", 418, "{\"message\":\"teapot\"}"))
        .singleElement()
        .asString()
        .contains("not documented", "200", "404");
  }

  @Test
  void aMissingHeaderAndAnotherTypeAreFaults() {
    Map<String, String> html = Map.of("Content-Type", "text/html");

    assertThat(CONTRACT.faults(answer("GET", "/users/1", 200, "{\"id\":1}", html)))
        .hasSize(2)
        .anyMatch(fault -> fault.contains("ETag"))
        .anyMatch(fault -> fault.contains("Content-Type"));
  }

  @Test
  void aStatusThatContradictsTheListOfPathsIsAFault() {
    assertThat(faults("GET", "/nowhere", 405, "{\"message\":\"no\"}")).hasSize(1);
    assertThat(faults("POST", "/users/1", 404, "{\"message\":\"none\"}")).hasSize(1);
    assertThat(faults("GET", "/nowhere", 200, "{}")).hasSize(1);
  }

  @Test
  void whatProgramsAnswerIsTheirOwn() {
    assertThat(CONTRACT.isOfProgram(answer("GET", "/legacy/a", 200, "", Map.of()))).isTrue();
    assertThat(CONTRACT.isOfProgram(answer("GET", "/legacys", 200, "", Map.of()))).isFalse();
  }

  @Test
  void aNewerDocumentMaySayMoreOfWhatThisOneDoesNotDescribe() {
    assertThat(CONTRACT.isVague(answer("GET", "/users/me", 200, "", Map.of()))).isTrue();
    assertThat(CONTRACT.isVague(answer("GET", "/nowhere", 404, "", Map.of()))).isTrue();
    assertThat(CONTRACT.isVague(answer("GET", "/users/1", 200, "", Map.of()))).isFalse();
    assertThat(CONTRACT.isVague(answer("GET", "/legacy/a", 200, "", Map.of()))).isFalse();
  }

  private static List<String> faults(String method, String path, int status, String body) {
    return CONTRACT.faults(
        answer(method, path, status, body, Map.of("Content-Type", JSON, "ETag", "\"1\"")));
  }

  private static ReceivedAnswer answer(
      String method, String path, int status, String body, Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>();
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return new ReceivedAnswer(method, path, status, HttpHeaders.of(all, (a, b) -> true), body);
  }
}
