using System.Security.Cryptography;
using System.Text;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>What a published Thing promises to its proxies: its kind and its Data Shape (design federation 3).</summary>
/// <param name="ThingId">Of the Thing, from creation to deletion.</param>
/// <param name="Kind">Its template.</param>
/// <param name="Shape">Its Data Shape; null where it has none.</param>
internal sealed record Contract(Guid ThingId, string Kind, DataShape? Shape)
{
    /// <summary>The columns of the answer of GetContracts.</summary>
    public static DataShape Columns { get; } = DataShape.Of(
        ("name", BaseType.STRING), ("thingId", BaseType.GUID), ("kind", BaseType.STRING), ("fingerprint", BaseType.STRING), ("contract", BaseType.INFOTABLE),
        ("dataShape", BaseType.STRING));

    // What follows the base type is for copies of the Data Shape; it binds nobody, so it is not in the fingerprint.
    private static readonly DataShape Fields = DataShape.Of(
        ("name", BaseType.STRING), ("baseType", BaseType.STRING), ("description", BaseType.STRING), ("isPrimaryKey", BaseType.BOOLEAN), ("dataShape", BaseType.STRING));

    /// <summary>The hash of the canonical text: the same contract has the same fingerprint on every server.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{ThingId}\n{Kind}\n{string.Join('\n', Shape?.Fields.Select(field => $"{field.Name}\t{field.BaseType.Name()}") ?? [])}")));

    /// <summary>Writes the contract of a name as a row.</summary>
    public void Write(InfoTable.Builder builder, string name) => builder.Add(
        Value.String(name), Value.Text(ThingId.ToString(), BaseType.GUID), Value.String(Kind), Value.String(Fingerprint), Shape is null ? default : Value.Table(Table(Shape)),
        Value.String(Shape?.Name));

    /// <summary>Reads a row.</summary>
    public static (string Name, Contract Contract) Read(InfoTable table, int row)
    {
        var shape = table[row, "contract"].AsTable() is { } fields
            ? new DataShape(Enumerable.Range(0, fields.RowCount).Select(i => ReadField(fields, i)), table[row, "dataShape"].AsText())
            : null;
        return (table[row, "name"].ToString(), new(Guid.Parse(table[row, "thingId"].ToString()), table[row, "kind"].ToString(), shape));
    }

    /// <summary>Whether a Thing of that template can stand for this one.</summary>
    public bool IsServedBy(string template) => template == RemoteThingTemplate.TemplateName || template == $"Remote{Kind}" || template == Kind;

    /// <summary>Why a proxy with that Data Shape cannot work with this Thing; null where it can: its fields are among those here, of equal or narrower types.</summary>
    public string? Breaks(DataShape? proxy)
    {
        if (proxy is null || Shape is null)
            return null;
        var faults = new List<string>();
        foreach (var field in proxy.Fields)
        {
            if (Shape.Find(field.Name) is not { } there)
                faults.Add($"field '{field.Name}' is not there");
            else if (there.BaseType != field.BaseType && !Widens(field.BaseType, there.BaseType))
                faults.Add($"field '{field.Name}' is {there.BaseType.Name()} there and {field.BaseType.Name()} here");
        }

        return faults.Count == 0 ? null : string.Join("; ", faults);
    }

    private static bool Widens(BaseType from, BaseType to) => (from, to) switch
    {
        (BaseType.INTEGER, BaseType.LONG or BaseType.NUMBER) => true,
        (_, BaseType.VARIANT) => true,
        _ => from.Form() == ValueForm.Text && to is BaseType.STRING or BaseType.TEXT,
    };

    private static FieldDefinition ReadField(InfoTable fields, int row) =>
        new(fields[row, "name"].ToString(), BaseTypes.Parse(fields[row, "baseType"].ToString()), fields[row, "description"].ToString(), row)
        {
            Aspects = Aspects.None
                .With("isPrimaryKey", fields[row, "isPrimaryKey"] is { IsNull: false } key && key.AsBoolean() ? key : Value.Null)
                .With("dataShape", fields[row, "dataShape"]),
        };

    private static InfoTable Table(DataShape shape)
    {
        var builder = new InfoTable.Builder(Fields);
        foreach (var field in shape.Fields)
        {
            builder.Add(
                Value.String(field.Name), Value.String(field.BaseType.Name()), Value.String(field.Description), Value.Boolean(field.IsPrimaryKey), field.Aspects["dataShape"]);
        }

        return builder.Build();
    }
}
