using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>MIN, MAX, AVERAGE, SUM or COUNT of one column's values in one group. Missing values do not count.</summary>
internal abstract class Aggregation
{
    /// <summary>Takes in a value.</summary>
    public abstract void Add(Value value);

    /// <summary>The result so far; null where no value came, of COUNT 0.</summary>
    public abstract Value Result { get; }

    /// <summary>What an aggregate makes of a field: the result's definition and an accumulator for each group.</summary>
    /// <exception cref="PlatformException">BadRequest: there is no such aggregate, or it asks for numbers.</exception>
    public static (FieldDefinition Field, Func<Aggregation> Begin) Of(string aggregate, FieldDefinition field)
    {
        var name = aggregate.ToUpperInvariant();
        (BaseType, Func<Aggregation>) chosen = name switch
        {
            "MIN" => (field.BaseType, () => new Extreme(-1)),
            "MAX" => (field.BaseType, () => new Extreme(1)),
            "AVERAGE" => (BaseType.NUMBER, () => new Mean(field.Name)),
            "SUM" => (BaseType.NUMBER, () => new Sum(field.Name)),
            "COUNT" => (BaseType.INTEGER, () => new Count()),
            _ => throw Errors.Bad($"'{aggregate}' is no aggregate; there are MIN, MAX, AVERAGE, SUM and COUNT."),
        };
        if (name is "AVERAGE" or "SUM")
            Columns.DemandNumbers(field, name);
        return (new($"{name}_{field.Name}", chosen.Item1), chosen.Item2);
    }

    /// <summary>One row for each group of rows with equal values in the group columns, in the order of their first rows.</summary>
    /// <remarks>Without group columns one row stands for all, also where there are none.</remarks>
    public static InfoTable Run(InfoTable table, int[] groupBy, IReadOnlyList<(int Column, FieldDefinition Field, Func<Aggregation> Begin)> aggregates)
    {
        var groups = new RowKeys(groupBy);
        var (first, sums) = (new List<int>(), new List<Aggregation[]>());
        if (groupBy.Length == 0)
            Begin(groups.Number([], out _));
        for (var row = 0; row < table.RowCount; row++)
        {
            var cells = table.Row(row);
            var group = groups.Number(cells, out var isNew);
            if (isNew)
                Begin(row);
            for (var i = 0; i < aggregates.Count; i++)
            {
                if (cells[aggregates[i].Column] is { IsNull: false } value)
                    sums[group][i].Add(value);
            }
        }

        var result = new InfoTable.Builder(Columns.Shape([.. groupBy.Select(column => table.Shape.Fields[column]), .. aggregates.Select(aggregate => aggregate.Field)]));
        for (var group = 0; group < sums.Count; group++)
        {
            var cells = result.AddRow();
            for (var i = 0; i < groupBy.Length; i++)
                cells[i] = table[first[group], groupBy[i]];
            for (var i = 0; i < aggregates.Count; i++)
                cells[groupBy.Length + i] = sums[group][i].Result;
        }

        return result.Build();

        void Begin(int row)
        {
            first.Add(row);
            sums.Add([.. aggregates.Select(aggregate => aggregate.Begin())]);
        }
    }

    /// <summary>A value as the number that it is.</summary>
    /// <exception cref="PlatformException">BadRequest: a VARIANT's value is no number.</exception>
    internal static double Number(Value value, string field) => Coercion.To(value, BaseType.NUMBER, field).AsNumber();

    private sealed class Extreme(int sign) : Aggregation
    {
        private Value _best;

        public override Value Result => _best;

        public override void Add(Value value)
        {
            if (_best.IsNull || ValueOrder.Compare(value, _best) * sign > 0)
                _best = value;
        }
    }

    private sealed class Mean(string field) : Aggregation
    {
        private double _sum;
        private long _count;

        public override Value Result => _count == 0 ? Value.Null : Value.Number(_sum / _count);

        public override void Add(Value value)
        {
            _sum += Number(value, field);
            _count++;
        }
    }

    private sealed class Sum(string field) : Aggregation
    {
        private double? _sum;

        public override Value Result => _sum is { } sum ? Value.Number(sum) : Value.Null;

        public override void Add(Value value) => _sum = (_sum ?? 0) + Number(value, field);
    }

    private sealed class Count : Aggregation
    {
        private int _count;

        public override Value Result => Value.Integer(_count);

        public override void Add(Value value) => _count++;
    }
}
