using Shouldly;
using Xunit;

namespace Hansa.Model.Tests;

public sealed class QueryTests
{
    private static readonly InfoTable Table = new InfoTable.Builder(DataShape.Of(
            ("n", BaseType.NUMBER), ("s", BaseType.STRING), ("t", BaseType.TAGS), ("p", BaseType.LOCATION), ("when", BaseType.DATETIME), ("big", BaseType.LONG)))
        .Add(Value.Number(1), Value.String("abc"), Value.Text("V:a", BaseType.TAGS), Value.Location(new(13.4, 52.5, 0)), Value.DateTime(1000), Value.Long(9007199254740993))
        .Add(Value.Number(2), Value.String("ABC"), Value.Text("V:a;V:b", BaseType.TAGS), Value.Location(new(10, 53.55, 0)), Value.DateTime(2000), Value.Long(9007199254740992))
        .Add()
        .Add(Value.Number(double.NaN), Value.String("a%c😀"), Value.Null, Value.Null, Value.DateTime(3000), Value.Null)
        .Build();

    [Theory]
    [InlineData("""{"type":"EQ","fieldName":"n","value":1}""", "0")]
    [InlineData("""{"type":"EQ","fieldName":"n","value":"1"}""", "0")]
    [InlineData("""{"type":"NE","fieldName":"n","value":1}""", "123")]
    [InlineData("""{"type":"EQ","fieldName":"n","value":null}""", "2")]
    [InlineData("""{"type":"GT","fieldName":"n","value":1}""", "13")]
    [InlineData("""{"type":"GE","fieldName":"n","value":"NaN"}""", "3")]
    [InlineData("""{"type":"LT","fieldName":"n","value":2}""", "0")]
    [InlineData("""{"type":"LE","fieldName":"n","value":2}""", "01")]
    [InlineData("""{"type":"Between","fieldName":"n","from":1,"to":2}""", "01")]
    [InlineData("""{"type":"NotBetween","fieldName":"n","from":1,"to":1.5}""", "123")]
    [InlineData("""{"type":"IN","fieldName":"n","values":[2,"1",null]}""", "01")]
    [InlineData("""{"type":"NOTIN","fieldName":"n","values":[2]}""", "023")]
    [InlineData("""{"type":"EQ","fieldName":"s","value":"ABC","isCaseSensitive":false}""", "01")]
    [InlineData("""{"type":"LIKE","fieldName":"s","value":"a*c"}""", "0")]
    [InlineData("""{"type":"LIKE","fieldName":"s","value":"a%","isCaseSensitive":false}""", "013")]
    [InlineData("""{"type":"LIKE","fieldName":"s","value":"a\\%c?"}""", "3")]
    [InlineData("""{"type":"NOTLIKE","fieldName":"s","value":"a??"}""", "123")]
    [InlineData("""{"type":"MATCHES","fieldName":"s","expression":"^[A-C]+$"}""", "1")]
    [InlineData("""{"type":"NotMatches","fieldName":"s","expression":"b"}""", "123")]
    [InlineData("""{"type":"TAGGED","fieldName":"t","tags":"V:a;V:b"}""", "1")]
    [InlineData("""{"type":"TaggedWith","fieldName":"t","tags":[{"vocabulary":"V","vocabularyTerm":"a"}]}""", "01")]
    [InlineData("""{"type":"NOTTAGGED","fieldName":"t","tags":"V:b"}""", "023")]
    [InlineData("""{"type":"MISSINGVALUE","fieldName":"s"}""", "2")]
    [InlineData("""{"type":"NotMissingValue","fieldName":"s"}""", "013")]
    [InlineData("""{"type":"NEAR","fieldName":"p","distance":10,"units":"K","location":{"latitude":52.5,"longitude":13.45}}""", "0")]
    [InlineData("""{"type":"NEAR","fieldName":"p","distance":200,"units":"M","location":{"latitude":52.5,"longitude":13.45}}""", "01")]
    [InlineData("""{"type":"NOTNEAR","fieldName":"p","distance":10,"units":"N","location":{"latitude":52.5,"longitude":13.45}}""", "123")]
    [InlineData("""{"type":"GE","fieldName":"when","value":"1970-01-01T00:00:02Z"}""", "13")]
    [InlineData("""{"type":"EQ","fieldName":"big","value":9007199254740993}""", "0")]
    [InlineData("""{"type":"And","filters":[{"type":"GT","fieldName":"n","value":0},{"type":"LT","fieldName":"n","value":2}]}""", "0")]
    [InlineData("""{"type":"or","filters":[{"type":"EQ","fieldName":"n","value":1},{"type":"EQ","fieldName":"n","value":2}]}""", "01")]
    [InlineData("""{"type":"OR","filters":[]}""", "0123")]
    [InlineData("""[{"type":"GT","fieldName":"n","value":0},{"type":"LT","fieldName":"n","value":2}]""", "0")]
    [InlineData("{}", "0123")]
    [InlineData("null", "0123")]
    public void A_filter_passes_the_rows_it_should(string filter, string rows) =>
        Passing(Query.Parse($$"""{"filters":{{filter}}}""")).ShouldBe(rows);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"sorts":null}""")]
    public void Nothing_asked_is_everything(string? query) => Passing(Query.Parse(query)).ShouldBe("0123");

    [Theory]
    [InlineData("""[{"fieldName":"n"}]""", "0,1,3", "2013")]
    [InlineData("""[{"fieldName":"n","isAscending":false}]""", "", "3102")]
    [InlineData("""[{"fieldName":"s"}]""", "", "2130")]
    [InlineData("""[{"fieldName":"s","isCaseSensitive":false}]""", "", "2301")]
    [InlineData("""[{"fieldName":"t"},{"fieldName":"n","isAscending":false}]""", "", "3201")]
    public void Sorts_put_nulls_first_and_keep_ties(string sorts, string _, string rows)
    {
        var query = Query.Parse($$"""{"sorts":{{sorts}}}""");
        var sorted = query.Bind(Table.Shape).Run(Table);

        string.Concat(Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).First(j => Table.Row(j).SequenceEqual(sorted.Row(i))))).ShouldBe(rows);
    }

    [Fact]
    public void The_limit_counts_after_filter_and_sort()
    {
        var query = Query.Parse("""{"filters":{"type":"GT","fieldName":"n","value":0},"sorts":[{"fieldName":"n","isAscending":false}]}""").Bind(Table.Shape);

        query.Run(Table, 2)[1, "n"].ShouldBe(Value.Number(2));
        query.Run(Table, 0).RowCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("x", "not JSON")]
    [InlineData("[]", "object with filters and sorts")]
    [InlineData("""{"filters":5}""", "each filter must be an object")]
    [InlineData("""{"filters":{"fieldName":"n"}}""", "no type")]
    [InlineData("""{"filters":{"type":"EQ","value":1}}""", "EQ has no fieldName")]
    [InlineData("""{"filters":{"type":"EQ","fieldName":"n"}}""", "EQ has no value")]
    [InlineData("""{"filters":{"type":"BETWEEN","fieldName":"n","from":1}}""", "BETWEEN has no to")]
    [InlineData("""{"filters":{"type":"IN","fieldName":"n","values":1}}""", "must be an array")]
    [InlineData("""{"filters":{"type":"AND"}}""", "array of filters")]
    [InlineData("""{"filters":{"type":"EQUALS","fieldName":"n","value":1}}""", "'EQUALS' is no filter")]
    [InlineData("""{"filters":{"type":"NEAR","fieldName":"p","distance":1,"units":"X","location":{"latitude":1}}}""", "'X'")]
    [InlineData("""{"filters":{"type":"NEAR","fieldName":"p","distance":1}}""", "no location")]
    [InlineData("""{"filters":{"type":"EQ","fieldName":"s","value":"\ud800"}}""", "Unicode")]
    [InlineData("""{"filters":{"type":"\ud800","fieldName":"s","value":""}}""", "Unicode")]
    [InlineData("""{"sorts":[5]}""", "each sort")]
    [InlineData("""{"sorts":[{}]}""", "a sort has no fieldName")]
    [InlineData("""{"sorts":[{"fieldName":"nix"}]}""", "'nix'")]
    [InlineData("""{"filters":{"type":"EQ","fieldName":"nix","value":1}}""", "'nix', which is not among: n, s, t")]
    [InlineData("""{"filters":{"type":"EQ","fieldName":"n","value":"x"}}""", "Field 'n': the STRING 'x' is not a NUMBER.")]
    [InlineData("""{"filters":{"type":"GT","fieldName":"p","value":"1:2"}}""", "has no order")]
    [InlineData("""{"filters":{"type":"NEAR","fieldName":"n","distance":1,"location":{"latitude":1}}}""", "NEAR asks for a LOCATION")]
    [InlineData("""{"filters":{"type":"MATCHES","fieldName":"s","expression":"("}}""", "no regular expression")]
    public void What_is_wrong_is_said(string query, string expected)
    {
        var error = Should.Throw<PlatformException>(() => Query.Parse(query).Bind(Table.Shape));

        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void An_expression_that_never_ends_is_refused()
    {
        var pattern = TextPattern.Expression("^(x+)+$", isCaseSensitive: true);

        Should.Throw<PlatformException>(() => pattern.IsMatch(new string('x', 60) + "!")).Message.ShouldContain("1 s");
    }

    [Fact]
    public void A_pattern_of_many_stars_stays_quick() =>
        TextPattern.Like(string.Concat(Enumerable.Repeat("*x", 30)), isCaseSensitive: true).IsMatch(new string('x', 1_000) + "!").ShouldBeFalse();

    private static string Passing(Query query)
    {
        var bound = query.Bind(Table.Shape);
        return string.Concat(Enumerable.Range(0, Table.RowCount).Where(i => bound.Matches(Table.Row(i))));
    }
}
