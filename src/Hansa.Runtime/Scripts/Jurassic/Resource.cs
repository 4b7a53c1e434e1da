namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>The JavaScript that is part of this assembly.</summary>
internal static class Resource
{
    /// <summary>The text of a file of this folder.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream($"Hansa.Runtime.Scripts.Jurassic.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
