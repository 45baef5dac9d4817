@echo off
rem Plain ASCII on purpose: it runs on every code page; Python says the Chinese sentences.
setlocal
set PYTHONUTF8=1
cd /d "%~dp0"
set "FITS=import sys, sysconfig; sys.exit(not (sysconfig.get_platform() == 'win-amd64' and sys.version_info[:2] in (@TUPLES@)))"
set "PICK="
for %%v in (@PYTHONS@) do if not defined PICK py -%%v -c "%FITS%" >nul 2>nul && set "PICK=py -%%v"
if not defined PICK python -c "%FITS%" >nul 2>nul && set "PICK=python"
if not defined PICK goto nopython

%PICK% -c "print('@WORKING@')"
%PICK% -m venv --clear zongjie-env || goto failed
zongjie-env\Scripts\python.exe -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels "@WANTED@" || goto failed
>zongjie.bat echo @"%%~dp0zongjie-env\Scripts\python.exe" -X utf8 -m pipeline %%*
zongjie-env\Scripts\python.exe -c "print('@DONE@')"
pause
exit /b 0

:nopython
echo A 64-bit Python is needed first, one of: @PYTHONS@. The guide opens now.
for %%f in (*.txt) do start "" "%%f"
pause
exit /b 2

:failed
echo.
echo The installation did not finish. What is printed above says why; the guide opens now.
for %%f in (*.txt) do start "" "%%f"
pause
exit /b 1
