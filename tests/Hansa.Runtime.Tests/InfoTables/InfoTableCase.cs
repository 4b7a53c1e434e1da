using Hansa.Model;
using Hansa.Runtime.Tests.Support;

namespace Hansa.Runtime.Tests.InfoTables;

/// <summary>A call of a function, and what it gives.</summary>
/// <remarks>
/// Expected are the rows as JSON; or <c>ids 12</c>, the column of ids one behind the other; or <c>of a,b [...]</c>, those fields of the rows;
/// or <c>!text</c>, a refusal that has the text in it.
/// </remarks>
internal sealed record InfoTableCase(string Sentence, string Service, (string Name, object? Value)[] Arguments, string Expected)
{
    private static readonly Value Berlin = Value.Location(new(13.4, 52.5, 0));
    private static readonly Value Hamburg = Value.Location(new(10, 53.55, 0));

    private static readonly InfoTable Pumps = Tables.Of(
        [("id", BaseType.INTEGER), ("hall", BaseType.STRING), ("flow", BaseType.NUMBER), ("place", BaseType.LOCATION), ("tags", BaseType.TAGS)],
        [1, "North", 2.5, Berlin, Value.Text("Kind:pump", BaseType.TAGS)],
        [2, "south", 4.0, Hamburg, Value.Text("Kind:pump;Hall:South", BaseType.TAGS)],
        [3, "North", null, null, null],
        [4, "North", 2.5, Berlin, null]);

    private static readonly InfoTable Samples = Tables.Of(
        [("timestamp", BaseType.DATETIME), ("name", BaseType.STRING), ("value", BaseType.NUMBER)],
        [At(0), "a", 0.0], [At(10), "a", 10.0], [At(40), "a", 40.0], [At(10), "b", 7.0]);

    private static readonly InfoTable Uneven = Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.NUMBER)],
        [At(40), 4.0], [At(0), 0.0], [At(5), 10.0]);

    private static readonly InfoTable Halls = Tables.Of([("hall", BaseType.STRING), ("boss", BaseType.STRING)], ["North", "Ann"], ["North", "Abe"], ["West", "Wes"], [null, "Nil"]);

    public static IEnumerable<InfoTableCase> All => [.. Makers, .. Queries, .. Filters, .. Groups, .. Joins, .. TimeSeries, .. Derived];

    private static InfoTableCase[] Makers =>
    [
        new("A table is made without fields", "CreateInfoTable", [], "[]"),
        new("A table is made of a Data Shape", "CreateInfoTableFromDataShape", [("dataShapeName", "EntityList")], "[]"),
        new("A Data Shape that is not there is refused", "CreateInfoTableFromDataShape", [("dataShapeName", "Nothing")], "!Nothing"),
        new("A clone has the same rows", "Clone", [("t1", Halls)], """[{"hall":"North","boss":"Ann"},{"hall":"North","boss":"Abe"},{"hall":"West","boss":"Wes"},{"boss":"Nil"}]"""),
        new("A clone of nothing is refused", "Clone", [], "!t1"),
        new("JSON with a Data Shape is read by it", "FromJSON", [("json", """{"dataShape":{"fieldDefinitions":{"n":{"name":"n","baseType":"STRING"}}},"rows":[{"n":5}]}""")], """[{"n":"5"}]"""),
        new("A JSON array is rows", "FromJSON", [("json", """ [{"a":1},{"b":true}]""")], """[{"a":1},{"b":true}]"""),
        new("JSON that is no table is refused", "FromJSON", [("json", """{"a":1}""")], "!InfoTable"),
        new("JSON nested too deep is refused", "FromJSON", [("json", $"{new string('[', 100)}{new string(']', 100)}")], "!json"),
        new("XML with a Data Shape is read by it", "FromXML", [("xml", """
            <InfoTable><DataShape><FieldDefinitions><FieldDefinition name="n" baseType="NUMBER" ordinal="1"/><FieldDefinition name="t" baseType="INFOTABLE" ordinal="0"/></FieldDefinitions></DataShape>
            <Rows><Row><n><![CDATA[2.5]]></n><t><infoTable><Rows><Row><x>in</x></Row></Rows></infoTable></t></Row><Row/></Rows></InfoTable>
            """)], """[{"t":{"dataShape":{"fieldDefinitions":{"x":{"name":"x","description":"","baseType":"STRING","ordinal":0,"aspects":{}}}},"rows":[{"x":"in"}]},"n":2.5},{}]"""),
        new("XML without a Data Shape has texts", "FromXML", [("xml", "<T><Rows><Row><a>1</a></Row><Row><b>x</b></Row></Rows></T>")], """[{"a":"1"},{"b":"x"}]"""),
        new("XML with a DTD is refused", "FromXML", [("xml", """<!DOCTYPE T [<!ENTITY a "b">]><T><Rows><Row><a>&a;</a></Row></Rows></T>""")], "!DTD"),
        new("XML nested too deep is refused", "FromXML", [("xml", $"{string.Concat(Enumerable.Repeat("<a>", 20))}{string.Concat(Enumerable.Repeat("</a>", 20))}")], "!12 elements"),
        new("XML that is too long is refused", "FromXML", [("xml", $"<T>{new string(' ', 5_000)}</T>")], "!limit is 5000"),
        new("XML without table is refused", "FromXML", [("xml", "<T><Row/></T>")], "!no InfoTable"),
        new("XML of another type is refused", "FromXML", [("xml", """<T><DataShape><FieldDefinitions><FieldDefinition name="n" baseType="NUMBER"/></FieldDefinitions></DataShape><Rows><Row><n>x</n></Row></Rows></T>""")], "!Field 'n'"),
        new("A field gets another name and keeps its place", "RenameField", [("t", Halls), ("from", "hall"), ("to", "name")], """[{"name":"North","boss":"Ann"},{"name":"North","boss":"Abe"},{"name":"West","boss":"Wes"},{"boss":"Nil"}]"""),
        new("A field does not get a name that is there", "RenameField", [("t", Halls), ("from", "hall"), ("to", "boss")], "!'boss' already"),
        new("A field that is not there gets no name", "RenameField", [("t", Halls), ("from", "x"), ("to", "y")], "!'x'"),
        new("Times are shifted and missing ones stay", "TimeShift", [("t", Tables.Of([("at", BaseType.DATETIME)], [At(5)], [null])), ("timestampField", "at"), ("shift", -2)], """[{"at":3},{}]"""),
        new("A shift beyond all time is refused", "TimeShift", [("t", Samples), ("shift", long.MaxValue)], "!no time any more"),
        new("A field without times is not shifted", "TimeShift", [("t", Samples), ("timestampField", "value"), ("shift", 1)], "!DATETIME"),
    ];

    private static InfoTableCase[] Queries =>
    [
        new("A query filters and sorts", "Query", [("t", Ids), ("query", """{"filters":{"type":"GT","fieldName":"id","value":1},"sorts":[{"fieldName":"id","isAscending":false}]}""")], """[{"id":3},{"id":2}]"""),
        new("A query of an unknown field is refused", "Query", [("t", Ids), ("query", """{"filters":{"type":"GT","fieldName":"x","value":1}}""")], "!'x'"),
        new("Rows are sorted downwards", "Sort", [("t", Ids), ("sortColumn", "id"), ("ascending", false)], """[{"id":3},{"id":2},{"id":1}]"""),
        new("Rows are not sorted by an unknown field", "Sort", [("t", Ids), ("sortColumn", "x")], "!'x'"),
        new("The first rows stay", "TopN", [("t", Ids), ("maxItems", 2)], """[{"id":1},{"id":2}]"""),
        new("No more rows than there are stay", "TopN", [("t", Ids), ("maxItems", 20)], """[{"id":1},{"id":2},{"id":3}]"""),
        new("A number of rows is not negative", "TopN", [("t", Ids), ("maxItems", -1)], "!maxItems"),
        new("Rows that a query finds are changed, and null clears", "UpdateQuery", [("t", Halls), ("query", """{"filters":{"type":"EQ","fieldName":"hall","value":"North"}}"""), ("values", Tables.Of([("hall", BaseType.STRING), ("boss", BaseType.STRING)], ["N", null]))], """[{"hall":"N"},{"hall":"N"},{"hall":"West","boss":"Wes"},{"boss":"Nil"}]"""),
        new("Changes take the field's type", "UpdateQuery", [("t", Ids), ("query", "{}"), ("values", Tables.Row(("id", "x")))], "!Field 'id'"),
        new("Changes of unknown fields are refused", "UpdateQuery", [("t", Ids), ("query", "{}"), ("values", Tables.Row(("x", 1)))], "!'x'"),
        new("Changes are one row", "UpdateQuery", [("t", Ids), ("query", "{}"), ("values", Ids)], "!one row"),
        new("Rows that a query finds go", "DeleteQuery", [("t", Ids), ("query", """{"filters":{"type":"GT","fieldName":"id","value":1}}""")], """[{"id":1}]"""),
        new("Deleting without a query is refused", "DeleteQuery", [("t", Ids)], "!query"),
    ];

    private static InfoTable Ids => Tables.Of([("id", BaseType.INTEGER)], [1], [2], [3]);

    private static InfoTableCase[] Filters =>
    [
        Filter("Texts are equal whatever their case", "EQFilter", "hall", ("value", "SOUTH"), only: "2"),
        Filter("Texts are equal in their case where it counts", "EQFilter", "hall", ("value", "SOUTH"), only: "", ("isCaseSensitive", true)),
        Filter("A missing value equals what is missing", "EQFilter", "flow", ("value", null), only: "3"),
        Filter("A text that is a number equals it", "EQFilter", "flow", ("value", "4"), only: "2"),
        Filter("What is missing is not equal", "NEFilter", "flow", ("value", 2.5), only: "23"),
        Filter("What is above stays", "GTFilter", "flow", ("value", 2.5), only: "2"),
        Filter("What is not below stays", "GEFilter", "flow", ("value", 2.5), only: "124"),
        Filter("What is below stays", "LTFilter", "flow", ("value", 4), only: "14"),
        Filter("What is not above stays", "LEFilter", "flow", ("value", 4), only: "124"),
        Filter("Texts that fit a pattern stay", "LikeFilter", "hall", ("pattern", "N*"), only: "134"),
        Filter("Texts that fit a pattern go", "LikeFilter", "hall", ("pattern", "N*"), only: "2", ("inclusive", false)),
        Filter("Texts with a match stay", "RegexFilter", "hall", ("expression", "[os]ut"), only: "2"),
        Filter("Members of an array stay", "SetFilter", "flow", ("matchValues", Value.Text("[4,9]", BaseType.JSON)), only: "2"),
        Filter("Members of a list of texts stay", "SetFilter", "hall", ("matchValues", "south, North"), only: "1234"),
        Filter("Members of an array go", "SetFilter", "id", ("matchValues", Value.Text("[1,2]", BaseType.JSON)), only: "34", ("inclusive", false)),
        Filter("What lies between stays, ends included", "BetweenFilter", "id", ("minValue", 2), only: "23", ("maxValue", 3)),
        Filter("What lies between goes", "BetweenFilter", "id", ("minValue", 2), only: "14", ("maxValue", 3), ("inclusive", false)),
        Filter("Places within miles stay", "NearFilter", "place", ("location", Berlin), only: "124", ("searchRadius", 160)),
        Filter("Places within kilometres stay", "NearFilter", "place", ("location", Berlin), only: "14", ("searchRadius", 160), ("units", "K")),
        Filter("Rows without a value stay", "MissingValueFilter", "flow", ("inclusive", true), only: "3"),
        Filter("Rows without a value go", "MissingValueFilter", "flow", ("inclusive", false), only: "124"),
        Filter("Rows with all tags stay", "TagFilter", "tags", ("tags", "Kind:pump"), only: "12"),
        Filter("Rows with all tags go", "TagFilter", "tags", ("tags", "Kind:pump;Hall:South"), only: "134", ("inclusive", false)),
        new("A value to compare with is of the field's type", "GTFilter", [("t", Pumps), ("fieldName", "flow"), ("value", "much")], "!Field 'flow'"),
        new("A filter of an unknown field is refused", "EQFilter", [("t", Pumps), ("fieldName", "x"), ("value", 1)], "!'x'"),
        new("A regular expression that is none is refused", "RegexFilter", [("t", Pumps), ("fieldName", "hall"), ("expression", "(")], "!no regular expression"),
        new("A set that is no array is refused", "SetFilter", [("t", Pumps), ("fieldName", "hall"), ("matchValues", Value.Text("{}", BaseType.JSON))], "!JSON array"),
        new("Unknown units are refused", "NearFilter", [("t", Pumps), ("fieldName", "place"), ("location", Berlin), ("searchRadius", 1), ("units", "X")], "!'X'"),
    ];

    private static InfoTableCase[] Groups =>
    [
        new("Each value comes once, a missing one too", "Distinct", [("t", Pumps), ("columns", "flow")], """[{"flow":2.5},{"flow":4},{}]"""),
        new("Each combination comes once", "Distinct", [("t", Pumps), ("columns", "hall, flow, hall")], """[{"hall":"North","flow":2.5},{"hall":"south","flow":4},{"hall":"North"}]"""),
        new("Without columns each row comes once", "Distinct", [("t", Tables.Of([("v", BaseType.VARIANT)], [1], [1.0], [Value.Table(Ids)], [Value.Table(Ids)]))], $$"""[{"v":1},{"v":{{InfoTableJson.ToText(Ids)}}}]"""),
        new("Unknown columns are refused", "Distinct", [("t", Pumps), ("columns", "hall,x")], "!'x'"),
        new("Groups have their aggregates", "Aggregate", [("t", Pumps), ("columns", "flow,flow,id,id,id"), ("aggregates", "COUNT,AVERAGE,Min,MAX,SUM"), ("groupByColumns", "hall")],
            """[{"hall":"North","COUNT_flow":2,"AVERAGE_flow":2.5,"MIN_id":1,"MAX_id":4,"SUM_id":8},{"hall":"south","COUNT_flow":1,"AVERAGE_flow":4,"MIN_id":2,"MAX_id":2,"SUM_id":2}]"""),
        new("Without groups one row stands for all", "Aggregate", [("t", Pumps), ("columns", "flow"), ("aggregates", "SUM")], """[{"SUM_flow":9}]"""),
        new("Of no rows there is one count", "Aggregate", [("t", Tables.Of([("v", BaseType.NUMBER)])), ("columns", "v,v"), ("aggregates", "COUNT,SUM")], """[{"COUNT_v":0}]"""),
        new("Of no rows there are no groups", "Aggregate", [("t", Tables.Of([("v", BaseType.NUMBER)])), ("columns", "v"), ("aggregates", "COUNT"), ("groupByColumns", "v")], "[]"),
        new("Texts have no sum", "Aggregate", [("t", Pumps), ("columns", "hall"), ("aggregates", "SUM")], "!numbers"),
        new("Each column has an aggregate", "Aggregate", [("t", Pumps), ("columns", "hall,id"), ("aggregates", "COUNT")], "!as many"),
        new("An unknown aggregate is refused", "Aggregate", [("t", Pumps), ("columns", "id"), ("aggregates", "MEDIAN")], "!MEDIAN"),
    ];

    private static InfoTableCase[] Joins =>
    [
        new("A union has the rows of both in all fields", "Union", [("t1", Tables.Row(("a", 1))), ("t2", Tables.Of([("b", BaseType.STRING), ("a", BaseType.STRING)], ["x", "2"], ["x", "2"]))], """[{"a":1},{"a":2,"b":"x"},{"a":2,"b":"x"}]"""),
        new("A union keeps the first table's types", "Union", [("t1", Tables.Row(("a", 1))), ("t2", Tables.Row(("a", "x")))], "!Field 'a'"),
        Join("An inner join has partners only", "INNER", """[{"id":1,"hall":"North","boss":"Ann"},{"id":1,"hall":"North","boss":"Abe"}]"""),
        Join("A left join keeps the first table", "LEFT", """[{"id":1,"hall":"North","boss":"Ann"},{"id":1,"hall":"North","boss":"Abe"},{"id":2,"hall":"East"},{"id":3}]"""),
        Join("A right join keeps the second table", "right", """[{"id":1,"hall":"North","boss":"Ann"},{"id":1,"hall":"North","boss":"Abe"},{"hall":"West","boss":"Wes"},{"boss":"Nil"}]"""),
        Join("A full join keeps both tables", "FULL", """[{"id":1,"hall":"North","boss":"Ann"},{"id":1,"hall":"North","boss":"Abe"},{"id":2,"hall":"East"},{"id":3},{"hall":"West","boss":"Wes"},{"boss":"Nil"}]"""),
        Join("An unknown join is refused", "OUTER", "!OUTER"),
        new("Join columns come in pairs", "Intersect", [("t1", Halls), ("t2", Halls), ("joinColumns1", "hall,boss"), ("joinColumns2", "hall")], "!as many"),
        new("Two columns of one name that are not joined are refused", "Intersect", [("t1", Halls), ("t2", Halls), ("joinColumns1", "hall"), ("joinColumns2", "hall")], "!'boss'"),
        new("A join beyond the limit is refused", "Intersect", [("t1", Same(40)), ("t2", Same(40)), ("columns1", "k"), ("columns2", "k"), ("joinColumns1", "k"), ("joinColumns2", "k")], "!more than 1000 rows"),
        new("A union beyond the limit is refused", "Union", [("t1", Same(600)), ("t2", Same(600))], "!more than 1000 rows"),
    ];

    private static InfoTableCase[] TimeSeries =>
    [
        new("Names become columns", "Pivot", [("t", Samples)], """[{"timestamp":0,"a":0},{"timestamp":10,"a":10,"b":7},{"timestamp":40,"a":40}]"""),
        new("Of two values in one place the later counts", "Pivot", [("t", Tables.Of([("t", BaseType.DATETIME), ("n", BaseType.INTEGER), ("v", BaseType.STRING)], [At(1), 5, "x"], [At(1), 5, "y"])), ("timestampColumn", "t"), ("nameColumn", "n"), ("valueColumn", "v")], """[{"t":1,"5":"y"}]"""),
        new("A row without a name has no column", "Pivot", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("name", BaseType.STRING), ("value", BaseType.NUMBER)], [At(0), null, 1.0]))], "!no name"),
        new("A series is not called like the times", "Pivot", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("name", BaseType.STRING), ("value", BaseType.NUMBER)], [At(0), "timestamp", 1.0]))], "!'timestamp'"),
        new("A pivot beyond the limit is refused", "Pivot", [("t", Diagonal(200))], "!8000 cells"),
        new("Series are put side by side, sorted by time", "Combine", [("tables", Datasets(("x", Tables.Of([("timestamp", BaseType.DATETIME), ("value", BaseType.NUMBER)], [At(9), 1.0], [At(2), 2.0]), null, null), ("y", Tables.Of([("at", BaseType.DATETIME), ("v", BaseType.STRING)], [At(9), "s"]), "at", "v")))], """[{"timestamp":2,"x":2},{"timestamp":9,"x":1,"y":"s"}]"""),
        new("Two series have two names", "Combine", [("tables", Datasets(("x", Samples, null, null), ("x", Samples, null, null)))], "!Two series"),
        new("A series has its columns", "Combine", [("tables", Datasets(("x", Halls, null, null)))], "!'timestamp'"),
        Interpolate("The last value of each interval", "LAST", """[{"timestamp":0,"v":10},{"timestamp":10,"v":10},{"timestamp":20,"v":10},{"timestamp":30,"v":4}]"""),
        Interpolate("The value on the line at each interval's begin", "SMOOTH", $$"""[{"timestamp":0,"v":0},{"timestamp":10,"v":{{Line(10)}}},{"timestamp":20,"v":{{Line(20)}}},{"timestamp":30,"v":{{Line(30)}}}]"""),
        Interpolate("The mean of each interval", "avg", """[{"timestamp":0,"v":5},{"timestamp":10,"v":10},{"timestamp":20,"v":10},{"timestamp":30,"v":4}]"""),
        Interpolate("The mean over time of each interval", "TAVG", """[{"timestamp":0,"v":5},{"timestamp":10,"v":10},{"timestamp":20,"v":10},{"timestamp":30,"v":10}]"""),
        Interpolate("The smallest value of each interval", "MIN", """[{"timestamp":0,"v":0},{"timestamp":10,"v":10},{"timestamp":20,"v":10},{"timestamp":30,"v":4}]"""),
        Interpolate("The largest value of each interval", "MAX", """[{"timestamp":0,"v":10},{"timestamp":10,"v":10},{"timestamp":20,"v":10},{"timestamp":30,"v":4}]"""),
        Interpolate("Intervals without values are left out", "MAX", """[{"timestamp":0,"v":10},{"timestamp":30,"v":4}]""", ("ignoreMissingData", true)),
        Interpolate("An unknown statistic is refused", "MEDIAN", "!MEDIAN"),
        new("Intervals have a length", "Interpolate", [("t", Uneven), ("columns", "v"), ("mode", "INTERVAL"), ("interval", 30)], """[{"timestamp":0,"v":10},{"timestamp":30,"v":4}]"""),
        new("The length may be called count", "Interpolate", [("t", Uneven), ("columns", "v"), ("mode", "INTERVAL"), ("count", 30)], """[{"timestamp":0,"v":10},{"timestamp":30,"v":4}]"""),
        new("A window wider than the data knows nothing before them", "Interpolate", [("t", Uneven), ("columns", "v"), ("mode", "INTERVAL"), ("interval", 50), ("startDate", At(-100)), ("endDate", At(60))], """[{"timestamp":-100},{"timestamp":-50},{"timestamp":0,"v":4},{"timestamp":50,"v":4}]"""),
        new("A window within the data knows what was before it", "Interpolate", [("t", Uneven), ("columns", "v"), ("count", 1), ("startDate", At(20)), ("endDate", At(30))], """[{"timestamp":20,"v":10}]"""),
        new("Of no rows and no window nothing comes", "Interpolate", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.NUMBER)])), ("columns", "v"), ("count", 5)], "[]"),
        new("One instant is one interval", "Interpolate", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.NUMBER)], [At(7), 3.0])), ("columns", "v"), ("count", 5), ("stats", "TAVG")], """[{"timestamp":7,"v":3}]"""),
        new("Two columns have a semicolon between", "Interpolate", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.NUMBER), ("w", BaseType.STRING)], [At(0), 1.0, null], [At(9), null, "x"])), ("columns", "v;w"), ("count", 1)], """[{"timestamp":0,"v":1,"w":"x"}]"""),
        new("Texts have no mean", "Interpolate", [("t", Samples), ("columns", "name"), ("count", 1), ("stats", "AVG")], "!numbers"),
        new("A window ends behind its begin", "Interpolate", [("t", Uneven), ("columns", "v"), ("count", 1), ("startDate", At(2)), ("endDate", At(1))], "!before startDate"),
        new("The number of intervals is wanted", "Interpolate", [("t", Uneven), ("columns", "v")], "!'count'"),
        new("The number of intervals is above 0", "Interpolate", [("t", Uneven), ("columns", "v"), ("count", 0)], "!above 0"),
        new("An unknown mode is refused", "Interpolate", [("t", Uneven), ("columns", "v"), ("mode", "X"), ("count", 1)], "!'X'"),
        new("Intervals beyond the limit are refused", "Interpolate", [("t", Uneven), ("columns", "v"), ("count", long.MaxValue)], "!more than 1000 rows"),
        new("Each row has a time", "Interpolate", [("t", Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.NUMBER)], [null, 1.0])), ("columns", "v"), ("count", 1)], "!no time"),
    ];

    private static InfoTableCase[] Derived =>
    [
        Derive("Fields are worked out of fields", "NUMBER,STRING", "double,both", "flow * 2, hall + ':' + [id, 1].join()", """[{"double":5,"both":"North:1,1"},{"double":8,"both":"south:2,1"},{"double":0,"both":"North:3,1"},{"double":5,"both":"North:4,1"}]"""),
        Derive("A derived field is worked out of one before it", "INTEGER,BOOLEAN", "next,isLast", "id + 1, next > 4", """[{"next":2,"isLast":false},{"next":3,"isLast":false},{"next":4,"isLast":false},{"next":5,"isLast":true}]"""),
        Derive("A row knows its fields by their names", "STRING", "x", "row['hall'].length > 4 ? 'long' : ','", """[{"x":"long"},{"x":"long"},{"x":"long"},{"x":"long"}]"""),
        Derive("What an expression leaves out is missing", "NUMBER", "x", "flow === null ? undefined : 1", """[{"x":1},{"x":1},{},{"x":1}]"""),
        Derive("A value of another type is refused", "NUMBER", "x", "hall", "!Field 'x'"),
        Derive("A failure tells the line of its expression", "NUMBER,NUMBER", "x,y", "1, nothing.x", "!at line 2"),
        Derive("An expression that is none is refused", "NUMBER", "x", "1 +", "!at line"),
        Derive("An expression reaches no Thing", "BOOLEAN", "x", "Things['Pump'] === null && !me.DeriveFields && !Resources['InfoTableFunctions']", """[{"x":true},{"x":true},{"x":true},{"x":true}]"""),
        Derive("Each field has a type and an expression", "NUMBER", "x,y", "1", "!as many"),
        Derive("A field that is there is not derived", "NUMBER", "flow", "1", "!'flow' already"),
        Derive("A type that is none is refused", "NUMMER", "x", "1", "!NUMMER"),
        Derive("An empty expression is refused", "NUMBER,NUMBER", "x,y", "1,", "!empty"),
    ];

    public override string ToString() => Sentence;

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static InfoTableCase Filter(
        string sentence, string service, string field, (string, object?) argument, string only, params (string Name, object? Value)[] more) =>
        new(sentence, service, [("t", Pumps), ("fieldName", field), argument, .. more], $"ids {only}");

    private static InfoTableCase Join(string sentence, string type, string expected) => new(sentence, "Intersect",
        [("t1", Tables.Of([("id", BaseType.INTEGER), ("hall", BaseType.STRING)], [1, "North"], [2, "East"], [3, null])), ("t2", Halls), ("columns1", "id,hall"), ("columns2", "hall,boss"), ("joinColumns1", "hall"), ("joinColumns2", "hall"), ("joinType", type)],
        expected);

    private static InfoTableCase Interpolate(string sentence, string stats, string expected, params (string Name, object? Value)[] more) =>
        new(sentence, "Interpolate", [("t", Uneven), ("columns", "v"), ("mode", "ROWCOUNT"), ("count", 4), ("stats", stats), .. more], expected);

    private static InfoTableCase Derive(string sentence, string types, string columns, string expressions, string expected) =>
        new(sentence, "DeriveFields", [("t", Pumps), ("types", types), ("columns", columns), ("expressions", expressions)], expected.StartsWith('!') ? expected : $"of {columns} {expected}");

    // Between (5, 10) and (40, 4).
    private static string Line(double at) => ValueJson.ToText(Value.Number((10 * (1 - ((at - 5) / 35))) + (4 * ((at - 5) / 35))));

    private static InfoTable Same(int rows) => Tables.Of([("k", BaseType.INTEGER)], [.. Enumerable.Range(0, rows).Select(_ => new object?[] { 1 })]);

    private static InfoTable Diagonal(int size) => Tables.Of([("timestamp", BaseType.DATETIME), ("name", BaseType.STRING), ("value", BaseType.NUMBER)],
        [.. Enumerable.Range(0, size).Select(i => new object?[] { At(i), $"n{i}", 1.0 })]);

    private static InfoTable Datasets(params (string Name, InfoTable Data, string? Time, string? Value)[] series) => Tables.Of(
        [("name", BaseType.STRING), ("data", BaseType.INFOTABLE), ("timestampColumn", BaseType.STRING), ("valueColumn", BaseType.STRING)],
        [.. series.Select(s => new object?[] { s.Name, s.Data, s.Time, s.Value })]);
}
