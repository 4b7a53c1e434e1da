using System.CommandLine;
using Hansa.Runtime.Scripts;
using Hansa.Server;
using Hansa.Server.Demo;

RegexLimit.Apply();

var root = new RootCommand("Hansa, an IoT application platform with federation at its heart.") { ServeCommand.Make(), DemoCommand.Make() };
return await root.Parse(args).InvokeAsync();
