using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Binds values to parameters as <see cref="CellStorage"/> lays them out.</summary>
internal static class CellWriter
{
    // SQLite turns NaN into NULL. As text it stays, and text is above every number, as in ValueOrder.
    public const string NotANumber = "NaN";

    /// <summary>Binds one cell; the value is null or of the column's type.</summary>
    /// <returns>The next parameter's index.</returns>
    public static int Bind(Statement statement, int index, Value value, BaseType type)
    {
        if (value.IsNull)
        {
            foreach (var _ in CellStorage.Suffixes(type))
                statement.BindNull(index++);
            return index;
        }

        switch (type.Form())
        {
            case ValueForm.None:
                break;
            case ValueForm.Location:
                Bind(statement, index++, value.AsLocation()!.Latitude);
                Bind(statement, index++, value.AsLocation()!.Longitude);
                Bind(statement, index++, value.AsLocation()!.Elevation);
                break;
            case ValueForm.Vector:
                for (var i = 0; i < type.Dimensions(); i++)
                    Bind(statement, index++, value.AsVector()![i]);
                break;
            case ValueForm.Table:
                statement.Bind(index++, InfoTableJson.ToText(value.AsTable()!));
                break;
            case ValueForm.Any:
                statement.Bind(index++, ValueEncoding.ToBytes(value));
                break;
            default:
                BindScalar(statement, index++, value);
                break;
        }

        return index;
    }

    /// <summary>Binds a value that takes one parameter, whatever its type: a cell or a query's operand.</summary>
    public static void BindScalar(Statement statement, int index, Value value)
    {
        switch (value.BaseType.Form())
        {
            case ValueForm.Number:
                Bind(statement, index, value.AsNumber());
                break;
            case ValueForm.Integer or ValueForm.Boolean:
                statement.Bind(index, value.AsLong());
                break;
            case ValueForm.Bytes:
                statement.Bind(index, value.AsBytes().AsSpan());
                break;
            case ValueForm.Text:
                statement.Bind(index, value.AsText()!);
                break;
            default:
                throw new ArgumentException($"{value.BaseType} is not kept in one column.", nameof(value));
        }
    }

    private static void Bind(Statement statement, int index, double number)
    {
        if (double.IsNaN(number))
            statement.Bind(index, NotANumber);
        else
            statement.Bind(index, number);
    }
}
