package dev.troupe.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.ByteSourceJsonBootstrapper;
import com.fasterxml.jackson.core.json.ReaderBasedJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import com.fasterxml.jackson.core.sym.CharsToNameCanonicalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/** Makes the factories of all parsers of JSON that comes from outside of the process. */
public final class JsonFactories {
  /** Objects and arrays inside of each other. */
  static final int MAX_DEPTH = 100;

  /** A million empty objects in 2 MB of text would take 80 MB of heap. */
  static final int MAX_TOKENS = 200_000;

  private static final int MAX_NAME_LENGTH = 1000;
  private static final int MAX_NUMBER_LENGTH = 1000;
  private static final int MAX_STRING_LENGTH = 16 << 20;
  private static final long MAX_DOCUMENT_LENGTH = 64L << 20;

  private JsonFactories() {}

  /**
   * A factory whose parsers share nothing: what one document holds has no effect on how another one
   * is read. By default all parsers of a factory share a table of field names; documents full of
   * new names fill it, and every later document is refused.
   */
  public static JsonFactory isolated() {
    JsonFactoryBuilder builder = new JsonFactoryBuilder();
    builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    builder.streamReadConstraints(
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxTokenCount(MAX_TOKENS)
            .maxNameLength(MAX_NAME_LENGTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxStringLength(MAX_STRING_LENGTH)
            .maxDocumentLength(MAX_DOCUMENT_LENGTH)
            .build());
    return new Isolated(builder);
  }

  // Without CANONICALIZE_FIELD_NAMES Jackson replaces bytes that are not UTF-8 by U+FFFD instead of
  // refusing them. A table of each parser's own isolates as well.
  private static final class Isolated extends JsonFactory {
    private static final long serialVersionUID = 1L;

    Isolated(JsonFactoryBuilder builder) {
      super(builder);
    }

    private Isolated(Isolated source) {
      super(source, null);
    }

    @Override
    public JsonFactory copy() {
      return new Isolated(this);
    }

    @Override
    protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
      return parser(new ByteSourceJsonBootstrapper(context, in));
    }

    @Override
    protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context)
        throws IOException {
      return parser(new ByteSourceJsonBootstrapper(context, data, offset, length));
    }

    private JsonParser parser(ByteSourceJsonBootstrapper source) throws IOException {
      return source.constructParser(
          _parserFeatures,
          _objectCodec,
          ByteQuadsCanonicalizer.createRoot(),
          names(),
          _factoryFeatures);
    }

    @Override
    protected JsonParser _createParser(Reader in, IOContext context) {
      return new ReaderBasedJsonParser(
          context, _parserFeatures, in, _objectCodec, names().makeChild());
    }

    @Override
    protected JsonParser _createParser(
        char[] data, int offset, int length, IOContext context, boolean recyclable) {
      return new ReaderBasedJsonParser(
          context,
          _parserFeatures,
          null,
          _objectCodec,
          names().makeChild(),
          data,
          offset,
          offset + length,
          recyclable);
    }

    private CharsToNameCanonicalizer names() {
      return CharsToNameCanonicalizer.createRoot(this);
    }
  }
}
