@echo off
rem Drop a folder of reports on this file: it is read, and the page opens.
setlocal
if "%~1"=="" goto nofolder
if not exist "%~dp0zongjie.bat" goto notinstalled
call "%~dp0zongjie.bat" run "%~1" --out "%~dp0results"
if exist "%~dp0results\report.html" start "" "%~dp0results\report.html"
pause
exit /b 0

:nofolder
echo Drop a folder of reports on this file. The guide opens now.
for %%f in ("%~dp0*.txt") do start "" "%%f"
pause
exit /b 2

:notinstalled
echo Not installed yet. The guide opens now.
for %%f in ("%~dp0*.txt") do start "" "%%f"
pause
exit /b 2
