using System.Text.Json;

namespace MlatExchange.Protocol.Messages;

/// <summary>Writes a shape as JSON Schema 2020-12, so that the published schema and the check can never differ.</summary>
public static class ShapeSchema
{
    /// <summary>Writes the schema of a whole payload, with its identifier and title.</summary>
    public static void Write(Utf8JsonWriter writer, string id, string title, Shape shape)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        writer.WriteString("$id", id);
        writer.WriteString("title", title);
        Members(writer, shape, nullable: false);
        writer.WriteEndObject();
    }

    private static void Members(Utf8JsonWriter writer, Shape shape, bool nullable)
    {
        switch (shape)
        {
            case Shape.OrNull inner:
                Members(writer, inner.Inner, nullable: true);
                break;
            case Shape.Struct o:
                Type(writer, "object", nullable);
                writer.WriteStartObject("properties");
                foreach (var member in o.Members)
                {
                    writer.WriteStartObject(member.Name);
                    Members(writer, member.Shape, nullable: false);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
                writer.WriteStartArray("required");
                foreach (var member in o.Members.Where(m => m.Required))
                    writer.WriteStringValue(member.Name);
                writer.WriteEndArray();
                writer.WriteBoolean("additionalProperties", o.IsOpen);
                break;
            case Shape.List list:
                Type(writer, "array", nullable);
                writer.WriteStartObject("items");
                Members(writer, list.Item, nullable: false);
                writer.WriteEndObject();
                writer.WriteNumber("minItems", list.Min);
                writer.WriteNumber("maxItems", list.Max);
                if (list.Key is not null)
                    writer.WriteString("$comment", $"no two items share the same {list.Key}");
                break;
            case Shape.OneOf oneOf:
                writer.WriteStartArray("enum");
                foreach (var value in oneOf.Values)
                    writer.WriteStringValue(value);
                if (nullable)
                    writer.WriteNullValue();
                writer.WriteEndArray();
                break;
            case Shape.Token token:
                Type(writer, "string", nullable);
                writer.WriteString("pattern", token.Pattern);
                writer.WriteString("description", token.Name);
                break;
            case Shape.Text text:
                Type(writer, "string", nullable);
                writer.WriteNumber("minLength", 1);
                writer.WriteNumber("maxLength", text.Max);
                break;
            case Shape.Carried carried:
                Type(writer, "string", nullable);
                writer.WriteNumber("minLength", 1);
                writer.WriteNumber("maxLength", carried.Max);
                break;
            case Shape.Whole whole:
                Type(writer, "integer", nullable);
                writer.WriteNumber("minimum", whole.Min);
                writer.WriteNumber("maximum", whole.Max);
                break;
            case Shape.Flag:
                Type(writer, "boolean", nullable);
                break;
        }
    }

    private static void Type(Utf8JsonWriter writer, string type, bool nullable)
    {
        if (!nullable)
        {
            writer.WriteString("type", type);
            return;
        }

        writer.WriteStartArray("type");
        writer.WriteStringValue(type);
        writer.WriteStringValue("null");
        writer.WriteEndArray();
    }
}
