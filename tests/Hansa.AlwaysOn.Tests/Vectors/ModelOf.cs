using System.Globalization;
using System.Text.Json;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Vectors;

/// <summary>Makes values, tables and messages of the meanings in the vector file.</summary>
internal static class ModelOf
{
    public static Value Value(JsonElement meaning)
    {
        var type = (BaseType)meaning.GetProperty("code").GetInt32();
        return type.Form() switch
        {
            ValueForm.None => default,
            ValueForm.Number => Model.Value.Number(meaning.Number("value")),
            ValueForm.Boolean => Model.Value.Boolean(meaning.GetProperty("value").GetBoolean()),
            ValueForm.Integer => Model.Value.FromBits(long.Parse(meaning.Text("value")!, CultureInfo.InvariantCulture), type),
            ValueForm.Location => Location(meaning.GetProperty("value")),
            ValueForm.Bytes => Model.Value.Bytes(Convert.FromHexString(meaning.Text("valueHex")!), type),
            ValueForm.Table => Model.Value.Table(Table(meaning.GetProperty("value"))),
            ValueForm.Any => Value(meaning.GetProperty("value")),
            _ => Model.Value.Text(meaning.Text("value"), type),
        };
    }

    public static InfoTable Table(JsonElement meaning)
    {
        var fields = meaning.GetProperty("fields").EnumerateArray().Select((field, index) =>
            new FieldDefinition(field.Text("name")!, BaseTypes.Parse(field.Text("baseType")), field.Text("description")!, index)
            {
                Aspects = new(field.GetProperty("aspects").EnumerateArray()
                    .Select(aspect => KeyValuePair.Create(aspect.Text("name")!, Value(aspect.GetProperty("value"))))),
            });
        var builder = new InfoTable.Builder(new(fields));
        foreach (var row in meaning.GetProperty("rows").EnumerateArray())
            builder.Add([.. row.EnumerateArray().Select(Value)]);
        return builder.Build();
    }

    public static object Message(JsonElement body, byte code) => body.Text("kind") switch
    {
        "auth" => new AuthMessage([.. body.GetProperty("claims").EnumerateArray()
            .Select(claim => KeyValuePair.Create(claim[0].GetString()!, claim[1].GetString()!))]),
        "bind" => new BindMessage(
            [.. body.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)],
            body.GetProperty("gateway") is { ValueKind: JsonValueKind.Array } gateway
                ? new(gateway[0].GetString()!, gateway[1].GetString()!)
                : null,
            IsUnbind: code == (byte)Method.Unbind),
        "response" => new ResponseMessage((Status)code, body.Text("reason"), TableOrNull(body, "content")),
        _ => new RequestMessage(
            (Method)code,
            (EntityKind)body.GetProperty("entityType").GetInt32(),
            body.Text("entityName")!,
            Enum.Parse<Characteristic>(body.Text("characteristic")!, ignoreCase: true),
            body.Text("target")!,
            TableOrNull(body, "params")),
    };

    private static InfoTable? TableOrNull(JsonElement body, string name) =>
        body.GetProperty(name) is { ValueKind: JsonValueKind.Object } table ? Table(table) : null;

    private static Value Location(JsonElement place) =>
        Model.Value.Location(new(place.Number("longitude"), place.Number("latitude"), place.Number("elevation")));
}
