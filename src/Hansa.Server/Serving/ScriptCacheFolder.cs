using Hansa.Runtime.Scripts;

namespace Hansa.Server;

/// <summary>Keeps guarded sources in <c>cache/scripts/</c> of the data folder. What is lost is made anew, so nothing here is ever an error.</summary>
internal sealed class ScriptCacheFolder : IScriptCache
{
    private readonly string _folder;

    public ScriptCacheFolder(string dataFolder)
    {
        _folder = Path.Combine(dataFolder, "cache", "scripts");
        Directory.CreateDirectory(_folder);
    }

    public string? Get(string hash)
    {
        try
        {
            var path = PathOf(hash);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Put(string hash, string text)
    {
        // Written aside and moved into place: a reader never sees half a text.
        var aside = Path.Combine(_folder, Path.GetRandomFileName());
        try
        {
            File.WriteAllText(aside, text);
            File.Move(aside, PathOf(hash), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(aside);
        }
    }

    private string PathOf(string hash) => Path.Combine(_folder, $"{hash}.js");
}
