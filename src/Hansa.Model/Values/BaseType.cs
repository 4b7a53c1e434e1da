namespace Hansa.Model;

#pragma warning disable CA1712 // The names are those of the wire and of entity files.

/// <summary>The base types of the platform; the number of each is its type byte on the wire (spec alwayson 4.2).</summary>
public enum BaseType : sbyte
{
    NOTHING = -1,
    STRING = 0,
    NUMBER = 1,
    BOOLEAN = 2,
    DATETIME = 3,
    TIMESPAN = 4,
    INFOTABLE = 5,
    LOCATION = 6,
    XML = 7,
    JSON = 8,
    QUERY = 9,
    IMAGE = 10,
    HYPERLINK = 11,
    IMAGELINK = 12,
    PASSWORD = 13,
    HTML = 14,
    TEXT = 15,
    TAGS = 16,
    SCHEDULE = 17,
    VARIANT = 18,
    GUID = 20,
    BLOB = 21,
    INTEGER = 22,
    LONG = 23,
    PROPERTYNAME = 50,
    SERVICENAME = 51,
    EVENTNAME = 52,
    THINGGROUPNAME = 99,
    THINGNAME = 100,
    THINGSHAPENAME = 101,
    THINGTEMPLATENAME = 102,
    DATASHAPENAME = 104,
    MASHUPNAME = 105,
    MENUNAME = 106,
    BASETYPENAME = 107,
    USERNAME = 108,
    GROUPNAME = 109,
    CATEGORYNAME = 110,
    STATEDEFINITIONNAME = 111,
    STYLEDEFINITIONNAME = 112,
    MODELTAGVOCABULARYNAME = 113,
    DATATAGVOCABULARYNAME = 114,
    NETWORKNAME = 115,
    MEDIAENTITYNAME = 116,
    APPLICATIONKEYNAME = 117,
    LOCALIZATIONTABLENAME = 118,
    ORGANIZATIONNAME = 119,
    DASHBOARDNAME = 120,
    PERSISTENCEPROVIDERPACKAGENAME = 121,
    PERSISTENCEPROVIDERNAME = 122,
    PROJECTNAME = 123,
    VEC2 = 124,
    VEC3 = 125,
    VEC4 = 126,
    THINGCODE = 127,
    NOTIFICATIONCONTENTNAME = -128,
    NOTIFICATIONDEFINITIONNAME = -127,
    STYLETHEMENAME = -126,
}

/// <summary>How a base type's values are held, whatever they mean.</summary>
public enum ValueForm
{
    /// <summary>No value.</summary>
    None,

    /// <summary>UTF-16 text: STRING, every name type, JSON, QUERY, XML, TAGS (<c>Vocabulary:Term;…</c>) and the like.</summary>
    Text,

    /// <summary>A 64-bit float.</summary>
    Number,

    /// <summary>An integer of 32 or 64 bits, or milliseconds (DATETIME since 1970 UTC, TIMESPAN).</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Longitude, latitude and elevation.</summary>
    Location,

    /// <summary>Bytes: BLOB and IMAGE.</summary>
    Bytes,

    /// <summary>A nested InfoTable.</summary>
    Table,

    /// <summary>Two to four floats.</summary>
    Vector,

    /// <summary>Any of the above.</summary>
    Any,
}

/// <summary>Facts about base types.</summary>
public static class BaseTypes
{
    private static readonly Dictionary<string, BaseType> ByName =
        Enum.GetValues<BaseType>().ToDictionary(type => type.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Names = MakeNames();

    /// <summary>All base types, NOTHING included.</summary>
    public static IReadOnlyCollection<BaseType> All => ByName.Values;

    /// <summary>The name as it stands on the wire, in JSON and in entity files.</summary>
    public static string Name(this BaseType type) => Names[(byte)type] ?? type.ToString();

    /// <summary>Whether the number is a base type that this platform knows.</summary>
    public static bool IsDefined(this BaseType type) => Names[(byte)type] is not null;

    /// <summary>Reads a base type's name; case does not matter, as files in the wild differ.</summary>
    public static bool TryParse(string? name, out BaseType type) => ByName.TryGetValue(name ?? "", out type);

    /// <summary>Reads a base type's name.</summary>
    /// <exception cref="PlatformException">The name is no base type; the text says so.</exception>
    public static BaseType Parse(string? name) => TryParse(name, out var type)
        ? type
        : throw new PlatformException(ErrorCode.BadRequest, $"'{name}' is not a base type; try STRING, NUMBER, BOOLEAN, DATETIME or INFOTABLE.");

    /// <summary>How values of this type are held.</summary>
    public static ValueForm Form(this BaseType type) => type switch
    {
        BaseType.NOTHING => ValueForm.None,
        BaseType.NUMBER => ValueForm.Number,
        BaseType.BOOLEAN => ValueForm.Boolean,
        BaseType.INTEGER or BaseType.LONG or BaseType.DATETIME or BaseType.TIMESPAN or BaseType.THINGCODE => ValueForm.Integer,
        BaseType.LOCATION => ValueForm.Location,
        BaseType.BLOB or BaseType.IMAGE => ValueForm.Bytes,
        BaseType.INFOTABLE => ValueForm.Table,
        BaseType.VEC2 or BaseType.VEC3 or BaseType.VEC4 => ValueForm.Vector,
        BaseType.VARIANT => ValueForm.Any,
        _ => ValueForm.Text,
    };

    /// <summary>The number of floats in a VECn; 0 for every other type.</summary>
    public static int Dimensions(this BaseType type) => type switch
    {
        BaseType.VEC2 => 2,
        BaseType.VEC3 => 3,
        BaseType.VEC4 => 4,
        _ => 0,
    };

    private static string[] MakeNames()
    {
        var names = new string[256];
        foreach (var type in Enum.GetValues<BaseType>())
            names[(byte)type] = type.ToString();
        return names;
    }
}
