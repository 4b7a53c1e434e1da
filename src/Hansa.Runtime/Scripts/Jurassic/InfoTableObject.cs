using System.Globalization;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>An InfoTable as scripts see it: its members (spec platform 2.3), its rows, and its fields, which are those of row 0.</summary>
internal sealed class InfoTableObject(EngineSlot slot, TableEdit data) : VirtualObject(slot, slot.InfoTablePrototype)
{
    private InfoTableRows? _rows;

    public TableEdit Data => data;

    protected override IEnumerable<string> Names => ["dataShape", "rows"];

    protected override object? Read(string name)
    {
        switch (name)
        {
            case "rows":
                return _rows ??= new(Slot, data);
            case "length":
                return data.RowCount;
            case "dataShape":
                return InfoTableMembers.Shape(Slot, data.Shape);
        }

        var column = data.Shape.IndexOf(name);
        return column < 0 ? null : data.RowCount == 0 ? Undefined.Value : Slot.Values.ToScript(data.Cell(0, column));
    }

    // Assigning a field of a table without rows makes its first: so scripts fill what CreateValues() gives.
    protected override void Write(string name, object? value)
    {
        var row = new InfoTableRow(Slot, data.RowCount == 0 && data.Shape.IndexOf(name) >= 0 ? data.AddRow() : data.RowCount == 0 ? null : data.Row(0));
        row.Assign(name, value);
    }
}

/// <summary>A table's rows: array-like, so that the methods of arrays work on it.</summary>
internal sealed class InfoTableRows(EngineSlot slot, TableEdit data) : VirtualObject(slot, slot.Engine.Array.InstancePrototype)
{
    protected override IEnumerable<string> Names =>
        Enumerable.Range(0, data.RowCount).Select(i => i.ToString(CultureInfo.InvariantCulture));

    protected override object? Read(string name)
    {
        if (TryIndex(name, out var index))
            return index < data.RowCount ? new InfoTableRow(Slot, data.Row(index)) : null;
        return name switch
        {
            "length" => data.RowCount,
            "toArray" => new HostFunction(Slot, (_, _) => ToArray()),
            _ => null,
        };
    }

    protected override void Write(string name, object? value)
    {
        if (name == "length" && TypeConverter.ToNumber(value) is var count && count >= 0 && count <= data.RowCount)
            data.Truncate((int)count);
        else if (TryIndex(name, out var index) && index <= data.RowCount)
            new InfoTableRow(Slot, index == data.RowCount ? data.AddRow() : data.Row(index)).AssignAll(value);
        else
            throw ScriptErrors.Type($"rows[{name}] cannot be assigned; there are {data.RowCount} rows.");
    }

    private static bool TryIndex(string name, out int index) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index);

    private ArrayInstance ToArray()
    {
        var rows = Slot.Engine.Array.New();
        for (var i = 0; i < data.RowCount; i++)
        {
            Slot.Meter.Enter();
            rows.Push(new InfoTableRow(Slot, data.Row(i)));
        }

        return rows;
    }
}

/// <summary>One row: a member for each field.</summary>
internal sealed class InfoTableRow(EngineSlot slot, TableEditRow? row) : VirtualObject(slot, slot.Engine.Object.InstancePrototype)
{
    protected override IEnumerable<string> Names => row is null ? [] : row.Shape.Fields.Select(definition => definition.Name);

    /// <summary>The row as a table of its own.</summary>
    public InfoTable ToTable()
    {
        var builder = new InfoTable.Builder(row!.Shape);
        row.CopyTo(builder.AddRow());
        return builder.Build();
    }

    /// <summary>Sets a field; the value is coerced to the field's base type.</summary>
    public void Assign(string name, object? value)
    {
        var column = row?.Shape.IndexOf(name) ?? -1;
        if (column < 0)
            throw new PlatformException(ErrorCode.BadRequest, $"The InfoTable has no field '{name}'; AddField makes one.");
        row![column] = Coercion.To(Slot.Values.FromScript(value), row.Shape.Fields[column].BaseType, name);
    }

    /// <summary>Sets every field that the object has; members that are no fields are passed over.</summary>
    public void AssignAll(object? values)
    {
        if (values is not ObjectInstance given)
            throw ScriptErrors.Type("A row is an object of field names and values.");
        foreach (var field in row!.Shape.Fields)
        {
            if (given[field.Name] is { } value and not Undefined)
                Assign(field.Name, value);
        }
    }

    protected override object? Read(string name) =>
        row?.Shape.IndexOf(name) is { } column and >= 0 ? Slot.Values.ToScript(row[column]) : null;

    protected override void Write(string name, object? value) => Assign(name, value);
}
