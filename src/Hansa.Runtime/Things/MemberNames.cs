namespace Hansa.Runtime;

/// <summary>What properties, services, fields and events may be called.</summary>
internal static class MemberNames
{
    public static void Check(string name, string what)
    {
        if (name.Length is 0 or > 127 || name.Trim() != name || name.Any(c => char.IsControl(c) || c is '/' or '*' or '?' or '#'))
            throw Errors.Bad($"'{name}' is no name for a {what}: 1 to 127 characters, no control characters, none of / * ? #, no spaces around.");
    }
}
