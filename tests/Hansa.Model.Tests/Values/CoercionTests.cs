using System.Runtime.CompilerServices;
using System.Text;
using Shouldly;
using Xunit;

namespace Hansa.Model.Tests;

/// <summary>The whole table of conversions stands in <c>Coercion.approved.txt</c> beside this file; a change of it is a change of behaviour.</summary>
public sealed class CoercionTests
{
    // Of the many types that hold a name one stands for all: they are converted alike.
    private static readonly BaseType[] Targets = [.. BaseTypes.All
        .Where(type => type.Form() != ValueForm.Text || type is >= BaseType.STRING and < BaseType.PROPERTYNAME or BaseType.THINGNAME).Order()];

    private static readonly Value[] Samples =
    [
        Value.Null, Value.Number(1.5), Value.Number(1e19), Value.Number(double.NaN), Value.Integer(0), Value.Long(5_000_000_000), Value.Boolean(true),
        Value.DateTime(1_700_000_000_123), Value.TimeSpan(1000), Value.ThingCode(1, 2), Value.Location(new(13.4, 52.5, 34)),
        Value.Vector(new(1, 2, 0, 0), BaseType.VEC2), Value.Vector(new(1, 2, 3, 0), BaseType.VEC3), Value.Vector(new(1, 2, 3, 4), BaseType.VEC4),
        Value.Bytes([1, 2, 3]), Value.Bytes([1, 2, 3], BaseType.IMAGE), Value.Table(InfoTable.Result(Value.Integer(1), BaseType.INTEGER)),
        Value.Text("V:T", BaseType.TAGS), Value.Text("{\"latitude\":1,\"longitude\":2}", BaseType.JSON), Value.Text("secret", BaseType.PASSWORD), Value.Text("Pump", BaseType.THINGNAME),
        .. new[]
        {
            "", " 1 ", "1", "1.5", "1e3", "-7", "9223372036854775807", "9223372036854775808", "true", "FALSE", "NaN", "Infinity", "2023-11-14T22:13:20.123Z", "2023-11-14T23:13:20+01:00",
            "2023-11-14", "1:2", "1:2:3", "1,2", "1,2,3,4", "AQID", "V:T;V:T;W:X", "[{\"vocabulary\":\"V\",\"vocabularyTerm\":\"T\"}]", "{}", "[1]", "{\"rows\":[{\"a\":1}]}",
            "{\"latitude\":1,\"longitude\":2}", "no sense at all, and so long that an error shortens it",
        }.Select(Value.String),
    ];

    [Fact]
    public void Every_pair_of_types_converts_as_approved()
    {
        var received = new StringBuilder();
        foreach (var sample in Samples)
        {
            received.Append(Show(sample)).Append('\n');
            foreach (var alike in Targets.GroupBy(target => Convert(sample, target)))
                received.Append("    ").Append(alike.Key).Append(" as ").AppendJoin(", ", alike.Select(target => target.Name())).Append('\n');
        }

        Approval.Check("Coercion", received.ToString());
    }

    [Fact]
    public void An_error_names_field_kind_and_type_and_never_a_secret()
    {
        Refused(Value.String("x"), BaseType.NUMBER).ShouldBe("Field 'f': the STRING 'x' is not a NUMBER.");
        Refused(Value.Number(1e10), BaseType.INTEGER).ShouldBe("Field 'f': the NUMBER '10000000000' is not an INTEGER.");
        Refused(Value.Text("secret", BaseType.PASSWORD), BaseType.NUMBER).ShouldBe("Field 'f': the PASSWORD is not a NUMBER.");
        Refused(Value.String("{\"rows\":[{\"a\":[]},1]}"), BaseType.INFOTABLE).ShouldContain("'f'");
    }

    [Fact]
    public void Whole_numbers_are_exact_to_64_bits()
    {
        Coercion.To(Value.String("9223372036854775807"), BaseType.LONG, "f").AsLong().ShouldBe(long.MaxValue);
        Coercion.To(Value.Long(long.MinValue), BaseType.DATETIME, "f").AsLong().ShouldBe(long.MinValue);
    }

    private static string Refused(Value value, BaseType target)
    {
        var error = Should.Throw<PlatformException>(() => Coercion.To(value, target, "f"));
        error.Code.ShouldBe(ErrorCode.BadRequest);
        return error.Message;
    }

    private static string Convert(Value value, BaseType target)
    {
        try
        {
            var converted = Coercion.To(value, target, "f");
            converted.BaseType.ShouldBe(converted.IsNull ? BaseType.NOTHING : target == BaseType.VARIANT ? value.BaseType : target);
            return converted.IsNull ? "null" : $"'{converted}'";
        }
        catch (PlatformException e) when (e.Code == ErrorCode.BadRequest)
        {
            return "refused";
        }
    }

    private static string Show(Value value) => value.IsNull ? "null" : $"{value.BaseType.Name()} '{value}'";
}

/// <summary>Text that was looked at once and must stay.</summary>
internal static class Approval
{
    /// <summary>Compares with <c>NAME.approved.txt</c> beside the test; what differs is written beside it as <c>NAME.received.txt</c>.</summary>
    public static void Check(string name, string received, [CallerFilePath] string test = "")
    {
        // The source folder is mapped away in the debug information; the files are copied beside the tests.
        var approved = Path.Combine(AppContext.BaseDirectory, "Values", $"{name}.approved.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == received)
            return;
        var path = Path.Combine(AppContext.BaseDirectory, $"{name}.received.txt");
        File.WriteAllText(path, received);
        var (left, right) = (expected.Split('\n'), received.Split('\n'));
        var line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.Fail($"{test}: line {line + 1} differs; compare {path} with {approved}");
    }
}
